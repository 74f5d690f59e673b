"""The right panel: what has no other room."""
