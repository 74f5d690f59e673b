"""Signing in, and the first account."""
