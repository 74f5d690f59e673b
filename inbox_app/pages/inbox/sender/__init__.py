"""Who an unknown sender is."""
