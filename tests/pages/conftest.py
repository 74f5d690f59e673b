"""The two served companies of the isolation tests, for what is seen over the wire."""

from tests.isolation.conftest import companies

__all__ = ["companies"]
