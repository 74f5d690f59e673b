"""The simulator of Meta's Graph API and the simulated phone."""
