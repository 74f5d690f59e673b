"""The desk that the tests of the sender sit at."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from inbox_app.database import Database
from tests.support.factories import World
from tests.support.outbox import Desk, a_desk


@pytest.fixture
async def desk(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> AsyncIterator[Desk]:
    """On each kind of database."""
    async with a_desk(database, world, now, tmp_path) as desk:
        yield desk
