"""`/people`: who belongs to the company (X1)."""
