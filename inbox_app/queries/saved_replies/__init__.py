"""Saved replies as screens and API show them."""
