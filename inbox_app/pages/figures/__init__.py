"""Figures for people (X7)."""
