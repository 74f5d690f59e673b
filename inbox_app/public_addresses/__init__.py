"""Web addresses that somebody typed (A4): what goes to them reaches the public internet alone,
never this machine, its network or what a cloud tells its machines."""
