"""What people are told on their devices, and what each of them wants to hear."""
