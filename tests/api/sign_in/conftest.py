"""A running application, and its admin at the door."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from inbox_app import vault
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.runtime import Runtime
from tests.support.servers.routes_app import PASSWORD_HASH, browser, make_account, running


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's hash costs no more than Marta's: the tests are about who comes in, not how fast."""
    monkeypatch.setattr(vault, "_NOBODYS_HASH", PASSWORD_HASH)


@pytest.fixture
async def runtime(sqlite: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(sqlite, tmp_path) as runtime:
        await make_account(sqlite)
        yield runtime


@pytest.fixture
async def marta(runtime: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(auth.routes()) as marta:
        yield marta
