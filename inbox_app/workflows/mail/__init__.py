"""The installation's own mail."""
