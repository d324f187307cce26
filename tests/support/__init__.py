"""Real servers and small helpers that the tests stand on."""
