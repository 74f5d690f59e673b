"""Posts as Meta signs them, and what is kept of them."""

from pathlib import Path

import httpx
from sqlmodel import col, select

from inbox_app.api.body import BodyReader
from inbox_app.api.webhook import PATH, Webhook
from inbox_app.config import settings
from inbox_app.database import Database
from inbox_app.live import InProcess
from inbox_app.models import InboundEvent
from inbox_app.runtime import Runtime, open_storage
from inbox_app.vault import Vault
from tests.support.samples.webhook_bodies import sign

SECRET = "the app secret"
OLD_SECRET = "the one before"


def make_runtime(
    database: Database, data_dir: Path, *, meta_app_secret: str | None, http: httpx.AsyncClient
) -> Runtime:
    configured = settings.load(
        None,
        data_dir=data_dir,
        sandbox="0",
        secret_key="x" * 32,
        meta_app_secret=meta_app_secret,
        meta_verify_token="a word we agreed on",
    )
    return Runtime(
        configured, database, Vault("x" * 32), InProcess(), http, open_storage(configured)
    )


def client(running: Runtime, *body: BodyReader) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(Webhook(lambda: running, *body))
    return httpx.AsyncClient(transport=transport, base_url="http://inbox")


async def post(meta: httpx.AsyncClient, body: bytes, secret: str = SECRET) -> int:
    headers = {"X-Hub-Signature-256": sign(body, secret)}
    return (await meta.post(PATH, content=body, headers=headers)).status_code


async def kept(database: Database) -> list[InboundEvent]:
    async with database.reading() as session:
        return list(await session.exec(select(InboundEvent).order_by(col(InboundEvent.id))))
