"""A desk whose errands go to the simulated Meta, on each kind of database."""

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
    async with a_desk(database, world, now, tmp_path) as desk:
        yield desk
