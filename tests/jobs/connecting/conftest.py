"""A company that connects its number, and the loop that takes the steps."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from inbox_app.database import Database
from tests.support.connecting import ConnectHarness, connect_harness


@pytest.fixture
async def harness(
    database: Database, now: datetime, tmp_path: Path
) -> AsyncIterator[ConnectHarness]:
    """On each kind of database."""
    async with connect_harness(database, now, tmp_path) as harness:
        yield harness


@pytest.fixture
async def quick(sqlite: Database, now: datetime, tmp_path: Path) -> AsyncIterator[ConnectHarness]:
    """For what does not depend on which database it is."""
    async with connect_harness(sqlite, now, tmp_path) as harness:
        yield harness
