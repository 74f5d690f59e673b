"""What colleagues write to each other beside a conversation."""
