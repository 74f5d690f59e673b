"""Actors and their addresses."""
