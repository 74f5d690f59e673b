"""Numbers, what comes from them, and WhatsApp's own."""
