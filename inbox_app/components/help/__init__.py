"""Help in the application itself (X6)."""
