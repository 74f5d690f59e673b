"""A company, its admin at the door, and a clock that moves."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from inbox_app import clock, vault
from inbox_app.database import Database
from tests.api.two_factor.codes import door, enter
from tests.support.machine_time import Time
from tests.support.servers.routes_app import PASSWORD_HASH, make_account, running


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    monkeypatch.setattr(vault, "_NOBODYS_HASH", PASSWORD_HASH)
    monkeypatch.setattr(clock, "real_now", time := Time())
    return time


@pytest.fixture
async def account(sqlite: Database, tmp_path: Path) -> AsyncIterator[int]:
    async with running(sqlite, tmp_path):
        account, _ = await make_account(sqlite)
        yield account


@pytest.fixture
async def marta(account: int) -> AsyncIterator[httpx.AsyncClient]:
    async with door() as marta:
        await enter(marta)
        yield marta
