"""What is said, and what goes with it."""
