"""The simulated Meta, at a time that each test moves."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from tests.support.servers.simulated_meta import Clock, Meta, simulated_meta


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
async def meta(clock: Clock) -> AsyncIterator[Meta]:
    meta = simulated_meta(clock)
    yield meta
    await meta.simulator.close()
