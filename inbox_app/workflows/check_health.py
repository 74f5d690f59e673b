"""Looking at a connection from Meta's side: token, number, subscription; what is lost is mended
(C6)."""

import asyncio
from collections.abc import Collection
from datetime import datetime

from cryptography.fernet import InvalidToken

from inbox_app.channels.whatsapp.graph.client import GraphClient, GraphError, GraphRefusedError
from inbox_app.channels.whatsapp.graph.errors import GraphErrorAnswer
from inbox_app.channels.whatsapp.graph.numbers import read_number
from inbox_app.channels.whatsapp.graph.tokens import TokenDetails, read_token
from inbox_app.channels.whatsapp.json_values import ident, mapping
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.live import Change
from inbox_app.runtime import Runtime
from inbox_app.services.connecting.record_health import (
    BrokenResult,
    Health,
    HealthyResult,
    UnreachableResult,
    Watched,
    due,
    record_health,
    watched,
)
from inbox_app.workflows.graph_connection import graph, inspector

_AT_ONCE = 5


async def check_due(runtime: Runtime, now: datetime) -> None:
    """All connections whose time has come, a few at once."""
    async with runtime.database.reading() as session:
        accounts = await due(session, now)
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(account_id: int) -> None:
        async with gate:
            await check(runtime, account_id, now)

    await asyncio.gather(*map(one, accounts))


async def check(runtime: Runtime, account_id: int, now: datetime) -> None:
    """One account's, whatever state it is in; open pages are told."""
    async with runtime.database.reading() as session:
        connection = await watched(session, account_id)
    if connection is None:
        return
    health = await _look(runtime, connection)
    async with runtime.database.transaction() as session:
        changed = await record_health(session, connection, health, now)
    if changed:
        runtime.live.publish(Change(account_id))


async def _look(runtime: Runtime, connection: Watched) -> Health:
    try:
        token = runtime.vault.decrypt(connection.token)
    except InvalidToken:
        return BrokenResult("The stored token cannot be read: SECRET_KEY has changed.")
    client = graph(runtime).for_token(token)
    try:
        told = await _token(inspector(runtime, token), token)
        if told is not None and told.valid is False:
            return BrokenResult(told.why_not or "The token is not valid.")
        number = read_number(await client.get_phone_number(connection.phone_number_id))
        mended = await _subscription(client, connection.waba_id, runtime.settings.meta_app_id)
    except GraphRefusedError as refused:
        return _refused(refused.answer)
    except GraphError:
        return UnreachableResult()
    expires = told.expires_at if told else None
    return HealthyResult(
        number, expires_known=told is not None, token_expires_at=expires, mended=mended
    )


async def _token(client: GraphClient, token: str) -> TokenDetails | None:
    """None when Meta does not say; that shows at the number itself."""
    try:
        return read_token(await client.debug_token(token))
    except GraphRefusedError:
        return None


async def _subscription(client: GraphClient, waba_id: str, app_id: str | None) -> bool:
    """Subscribe again where that was lost; answers whether it was."""
    if _is_among(await client.subscribed_apps(waba_id), app_id):
        return False
    await client.subscribe_app(waba_id)
    return True


def _is_among(apps: Collection[object], app_id: str | None) -> bool:
    if app_id is None:
        return bool(apps)
    ids = (mapping(mapping(app).get("whatsapp_business_api_data")).get("id") for app in apps)
    return app_id in map(ident, ids)


def _refused(answer: GraphErrorAnswer) -> Health:
    """A limit or a trouble of Meta's says nothing of the credentials; a number that is not to be
    seen any more does: it was taken away."""
    if answer.remedy in {Remedy.RECONNECT, Remedy.NOT_FOUND}:
        return BrokenResult(answer.words, answer.code)
    return UnreachableResult()
