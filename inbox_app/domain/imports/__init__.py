"""Importing tables: what columns mean, how values are read, what a line comes to (A3)."""
