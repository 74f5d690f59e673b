"""A database of an old release, as it is after the update, on each kind."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import make_url

from inbox_app.database import Database
from inbox_app.operating.migrations import migrate
from inbox_app.vault import Vault
from tests.support import old_release

VAULT = Vault(old_release.SECRET_KEY)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database as it was, on SQLite."""
    file = tmp_path_factory.mktemp("release") / "before.db"
    old_release.unpack(file)
    return file


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def upgraded_url(
    request: pytest.FixtureRequest, release: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The same with the newest tables; only to be read."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("upgraded") / "inbox.db"
        copyfile(release, file)
        migrate(url := f"sqlite+aiosqlite:///{file}", VAULT)
        yield url
        return
    with old_release.postgres_database(f"inbox_release_{os.getpid()}") as url:
        old_release.fill_postgres(url, release)
        migrate(url, VAULT)
        yield url


@pytest.fixture
async def upgraded(upgraded_url: str) -> AsyncIterator[Database]:
    """The same, opened; only to be read."""
    database = Database(upgraded_url)
    yield database
    await database.close()


@pytest.fixture
def copied_url(upgraded_url: str, tmp_path: Path) -> Iterator[str]:
    """A copy, to be written to."""
    made = make_url(upgraded_url).database or ""
    if upgraded_url.startswith("sqlite"):
        copyfile(made, file := tmp_path / "inbox.db")
        yield f"sqlite+aiosqlite:///{file}"
        return
    with old_release.postgres_database(f"{made}_copy", made) as url:
        yield url


@pytest.fixture
async def copied(copied_url: str) -> AsyncIterator[Database]:
    """The copy, opened."""
    database = Database(copied_url)
    yield database
    await database.close()
