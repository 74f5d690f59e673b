"""What happens while nobody is there to answer (S4)."""
