"""What comes in: files, web pages and feeds become submissions."""
