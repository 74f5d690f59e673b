"""Saved replies: written, replaced, deleted, used."""
