"""Feeds that look after themselves: when each is asked, how, and what comes of it."""
