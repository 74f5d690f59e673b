"""What suppliers have to do, as the screen shows it."""
