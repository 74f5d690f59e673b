"""The demo company, its people and their past."""
