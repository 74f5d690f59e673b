"""Indexes of some rows of a table, and of those that stand beside a list."""

from sqlalchemy import Index, text

LISTED = "archived_at IS NULL"


def partial_index(
    name: str, holds: str, *columns: str, unique: bool = False, on_postgresql: str | None = None
) -> Index:
    """Of the rows of which ``holds`` holds, written otherwise for PostgreSQL where it has to be."""
    return Index(
        name,
        *columns,
        unique=unique,
        sqlite_where=text(holds),
        postgresql_where=text(on_postgresql or holds),
    )


def index_beside_list(name: str, *columns: str) -> Index:
    """For a table that says something of a list's rows: a label on one, what a person has not seen
    of one. It repeats of the listed row what the list is ordered by and `archived_at`, so that this
    index holds what is not archived in the list's order. The database itself keeps them the same,
    by a trigger on the listed table (migrations 0029, 0048 and 0050): who writes the listed row
    need not know what stands beside it.
    """
    return partial_index(name, LISTED, *columns)
