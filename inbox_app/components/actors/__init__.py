"""Actors: written by hand, told of."""
