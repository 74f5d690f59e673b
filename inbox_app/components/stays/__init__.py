"""Reservations: written by hand."""
