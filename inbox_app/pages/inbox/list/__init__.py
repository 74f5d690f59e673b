"""The left panel."""
