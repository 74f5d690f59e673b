"""Workflows against the simulated Meta, on each kind of database."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from inbox_app.database import Database
from tests.support.factories import World
from tests.support.outbox import SendHarness, send_harness


@pytest.fixture
async def harness(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> AsyncIterator[SendHarness]:
    async with send_harness(database, world, now, tmp_path) as harness:
        yield harness
