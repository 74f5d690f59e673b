"""Copying the SQLite database away and back, as a whole, whoever is using it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from inbox_app.operating.private_files import make_private

_LEASE_FORMAT = "%Y-%m-%d %H:%M:%S.%f"


class BackupError(Exception):
    """Nothing was copied; the message is one sentence that says why."""


def backup(database_url: str, to: Path) -> int:
    """Write the database as of this moment to the new file `to`; returns its bytes."""
    source = _file_of(database_url)
    if not source.exists():
        raise BackupError("There is no database yet.")
    if to.exists():
        raise BackupError(f"{to} exists already: name another file.")
    scratch = to.with_name(f".{to.name}.part")
    try:
        _copy(source, scratch)
        scratch.rename(to)
    except (OSError, sqlite3.Error) as error:
        scratch.unlink(missing_ok=True)
        raise BackupError(f"{to} could not be written: {error}.") from None
    return to.stat().st_size


def restore(database_url: str, file: Path) -> Path | None:
    """Put a backup in the database's place; returns where what was there before is kept, if it was.

    Only while no server runs: one that does would go on with what it remembers.
    """
    target = _file_of(database_url)
    _check_is_backup(file)
    kept = None
    if target.exists():
        _check_nobody_serves(target)
        kept = target.with_name(f"{target.name}.before-restore")
        kept.unlink(missing_ok=True)
    try:
        if kept:
            _copy(target, kept)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(file, target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{file} could not be put in place: {error}.") from None
    return kept


def _file_of(database_url: str) -> Path:
    url = make_url(database_url)
    if not url.drivername.startswith("sqlite"):
        raise BackupError("This copies SQLite only: with PostgreSQL use pg_dump and pg_restore.")
    return Path(url.database or "")


def _copy(source: Path, target: Path) -> None:
    """SQLite's own online backup: one consistent moment, also while others write."""
    make_private(target)
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)


def _check_is_backup(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            healthy = copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
            copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        healthy = False
    if not healthy:
        raise BackupError(f"{file} is not a backup of this application's database.")


def _check_nobody_serves(target: Path) -> None:
    try:
        with closing(sqlite3.connect(target)) as database:
            lease = database.execute("SELECT max(expires_at) FROM lease").fetchone()
    except sqlite3.Error:
        return
    if lease[0] and lease[0] > datetime.now(UTC).strftime(_LEASE_FORMAT):
        raise BackupError("The server is running: stop it first, and try again in 15 seconds.")
