"""What people are told on their devices."""
