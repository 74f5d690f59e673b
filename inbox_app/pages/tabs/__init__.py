"""Open tabs: which there are, whose they are, and how they are kept up to date."""
