"""WhatsApp's own: templates as screens and API show them."""
