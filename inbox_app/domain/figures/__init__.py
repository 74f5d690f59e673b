"""Figures for people: what is counted of conversations, and how it is read (X7)."""
