"""The bot's own tables, one step at a time; a step that was released is never changed."""
