"""Other systems that are told: their addresses, and what became of it (A3)."""
