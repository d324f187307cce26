"""The conversation: from a question to a cited answer, in Telegram or a terminal."""
