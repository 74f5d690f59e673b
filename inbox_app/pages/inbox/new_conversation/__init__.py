"""«Nuova conversazione»."""
