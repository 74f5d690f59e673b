"""WhatsApp's own: templates as Meta lists them, and who wants them."""
