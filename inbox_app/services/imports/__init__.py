"""Imports of tables: what each line would do, done once, and taken back exactly (A3)."""
