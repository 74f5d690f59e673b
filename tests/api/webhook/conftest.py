"""An application that only keeps events, and Meta in front of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from inbox_app.database import Database
from inbox_app.runtime import Runtime
from tests.api.webhook.posts import OLD_SECRET, SECRET, client, make_runtime


@pytest.fixture
async def running(database: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with httpx.AsyncClient() as http:
        yield make_runtime(database, tmp_path, meta_app_secret=f"{SECRET},{OLD_SECRET}", http=http)


@pytest.fixture
async def meta(running: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with client(running) as http:
        yield http
