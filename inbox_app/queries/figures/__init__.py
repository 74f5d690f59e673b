"""Figures for people, of a period and beside the one before it (X7)."""
