"""Ways inside the application: links and the parts of its address."""
