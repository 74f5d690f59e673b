"""`/actors`: everybody the company talks with."""
