"""What the bot says: values to messages, pure."""
