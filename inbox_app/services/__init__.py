"""What the application does, a verb a file: load, ask the domain, write. They never commit."""
