"""What screens show of accommodations."""
