"""What configures an installation: the environment and its own key."""
