"""WhatsApp's templates, read and made at Meta."""
