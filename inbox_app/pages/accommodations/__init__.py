"""`/accommodations`: the homes of the company."""
