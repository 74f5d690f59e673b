"""Which of a database's errors say no more than that somebody else was quicker."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from inbox_app.domain.errors import RacedError

_SQLITE = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}
_UNIQUE_VIOLATION, _SERIALIZATION_FAILURE, _DEADLOCK_DETECTED = "23505", "40001", "40P01"
_POSTGRES = {_UNIQUE_VIOLATION, _SERIALIZATION_FAILURE, _DEADLOCK_DETECTED}


@contextmanager
def raced() -> Iterator[None]:
    """Has such an error raised as ``RacedError``."""
    try:
        yield
    except DBAPIError as error:
        if is_race(error):
            raise RacedError from error
        raise


def is_race(error: DBAPIError) -> bool:
    """Whether the work may succeed when it is done again: what was not there a moment ago now is,
    or two waited for each other."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code in _SQLITE or getattr(error.orig, "sqlstate", None) in _POSTGRES
