"""People who have had the tour of the inbox: it begins by itself for who has not (X6)."""

import sqlite3
from contextlib import closing
from pathlib import Path


def have_had_the_tour(data_dir: Path) -> None:
    """Everybody there is, in a server's folder."""
    with closing(sqlite3.connect(data_dir / "inbox.db", timeout=30)) as database, database:
        database.execute('UPDATE "user" SET tour_seen_at = created_at WHERE tour_seen_at IS NULL')
