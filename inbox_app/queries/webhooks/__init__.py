"""Other systems that are told, and what they were told."""
