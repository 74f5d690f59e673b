"""Saved replies: written, and put into an answer."""
