"""Parts of connecting a number."""
