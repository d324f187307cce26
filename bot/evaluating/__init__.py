"""How good the answers are, in figures: `newsdesk eval`."""
