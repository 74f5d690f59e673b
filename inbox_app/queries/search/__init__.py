"""What somebody types, and what it finds."""
