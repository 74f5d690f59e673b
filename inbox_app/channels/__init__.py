"""How people write: what a channel is, and the channels there are (X4)."""
