"""`bin/inbox`: operations on the installation, while the server runs or not."""
