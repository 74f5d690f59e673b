"""Two companies' systems at one installation, and what they hear from its API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI
from sqlmodel import select
from starlette.routing import compile_path

from inbox_app import clock
from inbox_app.api.v1 import app as api_v1
from inbox_app.database import Database
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Conversation, LastInbound, Message
from inbox_app.runtime import Runtime
from inbox_app.services.accounts import api_keys
from inbox_app.services.conversations.reckon_waiting import reckon_waiting
from inbox_app.services.search.index_messages import index_messages, said_by
from tests.support.factories import (
    ADA_PHONE,
    World,
    add,
    connection_of,
    make_account,
    make_world,
)
from tests.support.servers.routes_app import browser, running


@dataclass(frozen=True, slots=True)
class Installation:
    """Two companies' systems, at one installation."""

    runtime: Runtime
    world: World
    pms: httpx.AsyncClient
    other: httpx.AsyncClient


@dataclass(frozen=True, slots=True)
class Companies:
    """The first company's world, and the key of each one's system."""

    world: World
    keys: tuple[str, str]


async def make_companies(database: Database) -> Companies:
    now = clock.now()
    async with database.transaction() as session:
        world = await make_world(session, now)
        other = await make_account(session, now)
        keys = (await _key(session, world.account_id), await _key(session, other))
        return Companies(world, keys)


@asynccontextmanager
async def installation(
    database: Database, companies: Companies, tmp_path: Path
) -> AsyncIterator[Installation]:
    async with running(database, tmp_path) as runtime:
        routes = [api_v1.mounted(_api())]
        async with browser(routes) as pms, browser(routes) as other:
            for client, key in zip((pms, other), companies.keys, strict=True):
                client.base_url = "http://localhost:8000/api/v1"
                client.headers["authorization"] = f"Bearer {key}"
                client.event_hooks["response"].append(_is_described)
            yield Installation(runtime, companies.world, pms, other)


async def _is_described(answer: httpx.Response) -> None:
    """Whatever a test asks: the API's description says that it may be answered so."""
    request, path = answer.request, answer.url.path.removeprefix("/api/v1")
    method, status = request.method.lower(), str(answer.status_code)
    for template, calls in _api().openapi()["paths"].items():
        if compile_path(template)[0].match(path) and method in calls:
            assert status in (*calls[method]["responses"], "500"), f"{method} {path}: {status}"


@cache
def _api() -> FastAPI:
    """Takes long to make, and remembers nothing: that is the middleware's."""
    return api_v1.make_api()


async def ada_writes(here: Installation, hours_ago: float = 1, text: str = "Ciao") -> str:
    """Ada's conversation, with one more message of hers; its id."""
    opened = (await here.pms.post("/conversations", json={"phone": ADA_PHONE})).json()["id"]
    at = (clock.now() - timedelta(hours=hours_ago)).replace(microsecond=0)
    async with here.runtime.database.transaction() as session:
        conversation = await session.get_one(Conversation, int(opened))
        message = await add(
            session,
            Message(
                account_id=here.world.account_id,
                conversation_id=conversation.id,
                connection_id=here.world.connection_id,
                provider_id=f"wamid.{text}.{uuid4().hex}",
                direction=Direction.IN,
                kind=MessageKind.TEXT,
                text=text,
                sent_at=at,
                created_at=clock.now(),
            ),
        )
        await index_messages(await session.connection(), [said_by(message)])
        conversation.last_message_id, conversation.unread = message.id, conversation.unread + 1
        conversation.arrived_at = clock.now()
        session.add(conversation)
        await _open_window(session, here.world.account_id, conversation, at)
        await reckon_waiting(await session.connection(), [conversation.id])
    return opened


def assert_problem(answer: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["type"] == f"/api/v1/docs#{kind}"
    assert body["title"]
    assert body["detail"]
    return body


async def _key(session: Any, account_id: int) -> str:
    made = await api_keys.create(session, account_id, "PMS", clock.real_now())
    assert made is not None
    return made[1]


async def _open_window(
    session: Any, account_id: int, conversation: Conversation, at: datetime
) -> None:
    assert conversation.address_id is not None
    found = (await session.exec(select(LastInbound))).first()
    window = found or LastInbound(
        account_id=account_id,
        connection_id=(await connection_of(session, account_id)).id,
        address_id=conversation.address_id,
        last_inbound_at=at,
    )
    window.last_inbound_at = at
    session.add(window)
