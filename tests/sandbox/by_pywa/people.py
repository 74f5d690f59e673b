"""Who writes to us."""

ADA = "393471234567"
