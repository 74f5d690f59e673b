"""`/replies`: the saved replies of the company."""
