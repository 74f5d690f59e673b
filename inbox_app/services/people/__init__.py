"""Actors and their numbers."""
