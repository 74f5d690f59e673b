"""What comes in: stored, parsed, assigned to conversations, written down once."""
