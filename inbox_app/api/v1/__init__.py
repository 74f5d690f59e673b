"""The HTTP API for property-management systems, and what describes it."""
