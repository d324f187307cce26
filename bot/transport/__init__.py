"""Telegram's ways: updates on their way in, messages on their way out."""
