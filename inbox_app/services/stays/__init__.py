"""Stays: what the property-management system tells of them."""
