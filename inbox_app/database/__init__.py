"""The database, on SQLite and PostgreSQL alike."""

from inbox_app.database.database import Database

__all__ = ["Database"]
