"""Everything that speaks Meta's wire format; knows no table and no page."""
