"""What is kept of a person: taken out, and erased (A6)."""
