"""What screens and commands show of imports."""
