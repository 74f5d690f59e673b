"""The installation that the tests of the API talk with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from inbox_app.database import Database
from tests.api.two_companies import Installation, installation


@pytest.fixture
async def here(sqlite: Database, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(sqlite, tmp_path) as here:
        yield here


@pytest.fixture
async def on_each(database: Database, tmp_path: Path) -> AsyncIterator[Installation]:
    """The same on each kind of database: for what depends on it."""
    async with installation(database, tmp_path) as here:
        yield here
