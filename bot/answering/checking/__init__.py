"""The check of one written sentence against the passage that it cites."""
