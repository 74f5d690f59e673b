"""WhatsApp's own: connecting a number, its health, what Meta says of it."""
