"""The installation that the tests of the API talk with."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copyfile

import pytest

from inbox_app.database import Database
from tests.api.two_companies import Companies, Installation, installation, make_companies

_Furnished = tuple[Path, Companies]


@pytest.fixture(scope="session")
def furnished(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> _Furnished:
    """An SQLite database with both companies in it, to be copied."""
    file = tmp_path_factory.mktemp("companies") / "inbox.db"
    copyfile(migrated_file, file)
    return file, asyncio.run(_furnish(file))


@pytest.fixture
async def here(
    sqlite: Database, furnished: _Furnished, tmp_path: Path
) -> AsyncIterator[Installation]:
    companies = await _companies(sqlite, furnished)
    async with installation(sqlite, companies, tmp_path) as here:
        yield here


@pytest.fixture
async def on_each(
    database: Database, furnished: _Furnished, tmp_path: Path
) -> AsyncIterator[Installation]:
    """The same on each kind of database: for what depends on it."""
    companies = await _companies(database, furnished)
    async with installation(database, companies, tmp_path) as here:
        yield here


async def _companies(database: Database, furnished: _Furnished) -> Companies:
    """To copy them takes a tenth of making them."""
    if not database.is_sqlite:
        return await make_companies(database)
    file, companies = furnished
    copyfile(file, database.engine.url.database or "")
    return companies


async def _furnish(file: Path) -> Companies:
    database = Database(f"sqlite+aiosqlite:///{file}")
    try:
        return await make_companies(database)
    finally:
        await database.close()
