"""HTTP that is not a page."""
