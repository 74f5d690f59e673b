"""WhatsApp's own: how connecting stands and how the number fares."""
