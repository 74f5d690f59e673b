"""What Meta asks of a template, and what one of hers comes to here."""
