"""The control at the foot of a thread, and what it opens."""
