"""What articles mean beside each other."""
