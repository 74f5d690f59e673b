"""The simulated Graph API: what it answers, and what it refuses."""
