"""The centre panel."""
