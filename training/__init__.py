"""What trains the models that Newsdesk brings along; nothing that runs needs it."""
