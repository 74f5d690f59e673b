"""Texts, dates, hours and languages as the person's language writes them."""
