"""Accommodations: written by hand."""
