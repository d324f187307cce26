"""News that comes by itself: who wants what, what is told, when, and the way out."""
