"""What comes in: files, pages and feeds, each as submissions."""
