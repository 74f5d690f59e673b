"""What is kept so that things are found quickly."""
