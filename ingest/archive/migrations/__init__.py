"""The archive's tables, one step at a time; a step that was released is never changed."""
