"""What keeps the installation in order: leases, pruning, times ahead of the clock."""
