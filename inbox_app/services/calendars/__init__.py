"""Calendars of portals: kept, read in turns, and what they tell written down (A4)."""
