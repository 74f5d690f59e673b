"""How long tests wait for what must come."""

PATIENCE = 60.0
"""Seconds, after which a test says that it never came. It measures nothing: a machine three times
slower passes too. How quick the product is, `bench/` measures."""
