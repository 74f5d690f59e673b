"""Parts of choosing and writing WhatsApp templates."""
