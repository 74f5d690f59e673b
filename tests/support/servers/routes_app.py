"""A running application for tests of routes: its runtime, its routes, and a browser at the door."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from inbox_app import clock
from inbox_app.config import settings
from inbox_app.database import Database
from inbox_app.models import Role
from inbox_app.runtime import Runtime, start_runtime, stop_runtime
from inbox_app.services.accounts import accounts
from inbox_app.services.accounts.accounts import NewAccount, NewUser

PASSWORD = "a password of Marta's"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
"""Made cheaply: tests sign in often."""
MARTA = "marta@casedelsole.it"
META = {"sandbox": "0", "meta_app_secret": "the app secret"}


@asynccontextmanager
async def running(database: Database, data_dir: Path, **given: Any) -> AsyncIterator[Runtime]:
    """The process's runtime on `database`, of an installation with a Meta app unless told else."""
    url = database.engine.url.render_as_string(hide_password=False)
    own = {"data_dir": data_dir, "database_url": url, "secret_key": "x" * 32}
    configured = settings.load(None, **(own | META | given))
    try:
        yield start_runtime(configured)
    finally:
        await stop_runtime()


def browser(
    routes: Sequence[BaseRoute], base: str = "http://localhost:8000", peer: str = "127.0.0.1"
) -> httpx.AsyncClient:
    """Somebody's browser, with a jar for its cookies, on a page of `base`."""
    transport = httpx.ASGITransport(Starlette(routes=routes), client=(peer, 50_000))
    return httpx.AsyncClient(transport=transport, base_url=base, headers={"origin": base})


async def make_account(
    database: Database, name: str = "Case del Sole", email: str = MARTA
) -> tuple[int, int]:
    """The ids of an account and of its admin, who signs in with `PASSWORD`."""
    async with database.transaction() as session:
        admin = NewUser(email=email, name="Marta", password_hash=PASSWORD_HASH, role=Role.ADMIN)
        user = await accounts.create_account(
            session, NewAccount(name=name), admin, clock.real_now()
        )
        return user.account_id, user.id
