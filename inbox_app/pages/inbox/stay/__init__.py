"""The right panel: the reservation."""
