"""Looks into photos and PDFs and makes them fit a channel, in a process of its own: whoever sends a
file that takes all memory or never ends takes nothing from the server."""

from inbox_app.conversion.run import Converted, convert

__all__ = ["Converted", "convert"]
