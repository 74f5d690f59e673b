"""Who waits for the list of templates is served; a failure is said until it is read (T1, T5)."""

from datetime import timedelta

import httpx
import pytest
from sqlmodel import col, select

from inbox_app.jobs import refresh_templates
from inbox_app.live import Change
from inbox_app.models import Connection, ConnectionState, Template
from inbox_app.services.connecting import connect
from inbox_app.services.templates.request_refresh import request_refresh
from inbox_app.workflows.graph_connection import NotConnectedError
from inbox_app.workflows.templates.refresh_templates import RefreshError
from tests.support.factories import WABA_ID
from tests.support.outbox import SendHarness
from tests.support.templates import at_meta, here
from tests.workflows.reading_templates import read, rows, store, sync

pytestmark = pytest.mark.anyio


async def test_a_reading_without_news_writes_nothing(harness: SendHarness) -> None:
    at_meta(store(harness))
    await read(harness)
    before = (await rows(harness))["check_in", "it"].updated_at
    harness.clock.move(timedelta(minutes=5))
    await read(harness)
    assert (await rows(harness))["check_in", "it"].updated_at == before


async def test_after_a_change_of_business_account_the_old_templates_are_hidden(
    harness: SendHarness,
) -> None:
    async with harness.database.transaction() as session:
        await here(session, harness.world, harness.clock.now(), waba_id="another")
    at_meta(store(harness), waba_id=WABA_ID)

    await read(harness)

    async with harness.database.reading() as session:
        found = (await session.exec(select(Template).order_by(col(Template.waba_id)))).all()
    assert [(row.waba_id, row.hidden_at is None) for row in found] == [
        (WABA_ID, True),
        ("another", False),
    ]


async def test_pages_are_told(harness: SendHarness) -> None:
    at_meta(store(harness))
    await read(harness)
    assert Change(harness.world.account_id) in harness.changes


async def test_a_failure_is_kept_in_metas_words_until_a_reading_succeeds(
    harness: SendHarness,
) -> None:
    inside = harness.meta.wire.inside

    class Busy(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            error = {"message": "(#80007) Rate limit issues", "code": 80007}
            return httpx.Response(400, json={"error": error})

    harness.meta.wire.inside = Busy()
    with pytest.raises(RefreshError, match="Rate limit"):
        await read(harness)
    assert (await sync(harness))["failure"] == "(#80007) Rate limit issues"

    harness.meta.wire.inside = inside
    await read(harness)
    assert (await sync(harness))["failure"] == ""


async def test_refused_credentials_are_the_connections_trouble(harness: SendHarness) -> None:
    async with harness.database.transaction() as session:
        connection = await session.get_one(Connection, harness.world.connection_id)
        connection.credentials_encrypted = harness.runtime.vault.encrypt("revoked")

    with pytest.raises(RefreshError):
        await read(harness)
    number = await harness.number()
    connection = number.connection
    assert connection.state is ConnectionState.CREDENTIALS_REFUSED
    assert connection.state_reason
    assert number.templates_failure

    with pytest.raises(NotConnectedError):
        await read(harness)


@pytest.mark.postgresql("its statements")
async def test_who_waits_is_served_by_the_loop_and_waits_no_more(harness: SendHarness) -> None:
    at_meta(store(harness))
    async with harness.database.transaction() as session:
        await request_refresh(session, harness.world.account_id, harness.clock.now())
    assert (await sync(harness))["reading"]

    await refresh_templates.drain(harness.runtime)

    assert not (await sync(harness))["reading"]
    assert len(await rows(harness)) == 1
    await refresh_templates.drain(harness.runtime)
    assert len(harness.meta.wire.calls) == 1


async def test_who_begins_to_wait_during_a_reading_gets_another(harness: SendHarness) -> None:
    inside = harness.meta.wire.inside
    later = harness.clock.now() + timedelta(seconds=1)

    class Watched(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            async with harness.database.transaction() as session:
                await request_refresh(session, harness.world.account_id, later)
            return await inside.handle_async_request(request)

    async with harness.database.transaction() as session:
        await request_refresh(session, harness.world.account_id, harness.clock.now())
    harness.meta.wire.inside = Watched()
    await refresh_templates.drain(harness.runtime)
    assert (await sync(harness))["reading"]


@pytest.mark.postgresql("times are compared")
async def test_all_accounts_wait_every_few_minutes_unless_they_cannot_be_served(
    harness: SendHarness,
) -> None:
    await refresh_templates.request_all(harness.runtime)
    assert (await sync(harness))["reading"]
    async with harness.database.transaction() as session:
        await connect.disconnect(session, harness.world.account_id, harness.clock.now())
    await refresh_templates.drain(harness.runtime)
    assert harness.meta.wire.calls == []
