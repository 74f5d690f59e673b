"""Calendars of portals in iCal's format (RFC 5545): what they tell of stays, and what follows."""
