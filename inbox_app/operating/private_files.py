"""Files that only the user who runs the application may read, wherever they lie."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url

from inbox_app.config.secret_key import FILE_NAME, PUSH_FILE_NAME

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_private(file: Path) -> None:
    """Make the file if it is not there; what SQLite makes beside it has the same rights."""
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
    if is_open_to_others(file):
        with suppress(OSError):  # another user's, or on a disk that cannot be written
            file.chmod(0o600)


def keep_database_private(database_url: str) -> None:
    """For SQLite's files; of a server's nothing is here."""
    for number, file in enumerate(_database_files(database_url)):
        if number == 0 or file.exists():
            make_private(file)


def open_to_others(database_url: str, data_dir: Path) -> list[Path]:
    """The private files that others on this machine may read or write."""
    keys = (data_dir / FILE_NAME, data_dir / PUSH_FILE_NAME)
    files = [*_database_files(database_url), *keys]
    return [file for file in files if file.exists() and is_open_to_others(file)]


def is_open_to_others(file: Path) -> bool:
    """Whether its rights allow anything to other users."""
    return bool(file.stat().st_mode & _OTHERS)


def _database_files(database_url: str) -> list[Path]:
    url = make_url(database_url)
    if not url.drivername.startswith("sqlite") or not url.database:
        return []
    return [Path(url.database + suffix) for suffix in ("", "-wal", "-shm", ".before-restore")]
