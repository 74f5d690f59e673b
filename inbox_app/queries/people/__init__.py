"""Actors, and how people are called."""
