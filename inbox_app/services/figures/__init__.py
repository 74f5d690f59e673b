"""Sums for people to read, kept by what is new since a mark (X7)."""
