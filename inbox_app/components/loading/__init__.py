"""Scripts and stylesheets that are not of every first load."""
