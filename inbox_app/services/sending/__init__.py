"""Messages on their way out: queued, claimed, rechecked, recorded, tried again."""
