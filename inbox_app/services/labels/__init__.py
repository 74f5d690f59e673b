"""Labels, and the lists that people keep under a name."""
