"""Tables that people upload, CSV and XLSX: read in a process of its own, within limits (A3)."""

from inbox_app.spreadsheets.run import ReadTable, read_table

__all__ = ["ReadTable", "read_table"]
