"""Accommodations, reservations, and the work there."""
