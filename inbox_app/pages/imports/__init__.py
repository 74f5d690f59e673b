"""`/imports`: tables that come in, and what became of them."""
