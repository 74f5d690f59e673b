"""What was done of consequence, as its sentences."""
