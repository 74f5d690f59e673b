"""Homes and who stays in them: accommodations, reservations, where a stay stands on a date."""
