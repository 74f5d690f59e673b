"""Looking at connections from Meta's side: what is refused, what is silent, what comes back
(C6)."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from inbox_app.database import Database
from inbox_app.live import Change
from inbox_app.models import ConnectionNotice, ConnectionState
from inbox_app.services.connecting import connect
from inbox_app.workflows import check_health
from tests.support.connecting import SECOND, ConnectHarness, connect_harness

pytestmark = pytest.mark.anyio


@pytest.fixture
async def harness(
    database: Database, now: datetime, tmp_path: Path
) -> AsyncIterator[ConnectHarness]:
    """Its number is connected."""
    async with connect_harness(database, now, tmp_path) as harness:
        await harness.all_but_the_number()
        await harness.by_hand()
        await harness.drain()
        harness.changes.clear()
        harness.meta.wire.calls.clear()
        yield harness


async def look(harness: ConnectHarness, after: timedelta = timedelta(minutes=10)) -> None:
    harness.clock.move(after)
    await check_health.check_due(harness.runtime, harness.clock.now())


async def test_a_connection_is_looked_at_every_ten_minutes(harness: ConnectHarness) -> None:
    await look(harness, timedelta(minutes=9))
    assert harness.asked() == []
    await look(harness, timedelta(minutes=1))
    assert harness.asked() == [
        "GET debug_token",
        f"GET {SECOND.phone_number_id}",
        f"GET {SECOND.waba_id}/subscribed_apps",
    ]
    connection = await harness.connection()
    assert connection.checked_at == harness.clock.now()
    assert connection.state is ConnectionState.ACTIVE
    assert harness.changes == [Change(harness.account_id)]


@pytest.mark.postgresql("its statements")
async def test_refused_credentials_are_noticed_and_come_back_by_themselves(
    harness: ConnectHarness,
) -> None:
    harness.break_meta(token=True)
    await look(harness)
    connection = await harness.connection()
    assert connection.state is ConnectionState.CREDENTIALS_REFUSED
    assert "could not be decrypted" in connection.state_reason

    harness.mend_meta()
    await look(harness)
    connection = await harness.connection()
    assert (connection.state, connection.state_reason) == (ConnectionState.ACTIVE, "")


@pytest.mark.parametrize("code", ["190", "10", "200", "131005"])
async def test_a_number_that_is_refused_to_the_token_means_refused_credentials(
    harness: ConnectHarness, code: str
) -> None:
    harness.break_meta(graph=["", code])
    await look(harness)
    assert (await harness.connection()).state is ConnectionState.CREDENTIALS_REFUSED


@pytest.mark.parametrize("fault", ["unavailable", "html_502", "4", "http_429"])
async def test_a_meta_in_trouble_says_nothing_of_the_credentials(
    harness: ConnectHarness, fault: str
) -> None:
    before = (await harness.connection()).checked_at
    harness.break_meta(graph=["", fault])
    await look(harness)
    connection = await harness.connection()
    assert connection.state is ConnectionState.ACTIVE
    assert connection.unreachable_since == harness.clock.now()
    assert connection.checked_at == before

    since = connection.unreachable_since
    harness.break_meta(graph=["", fault])
    await look(harness, timedelta(minutes=1))
    assert (await harness.connection()).unreachable_since == since
    assert len(harness.changes) == 1, "nothing has changed"

    await look(harness, timedelta(minutes=1))
    assert (await harness.connection()).unreachable_since is None


@pytest.mark.postgresql("its statements")
async def test_a_lost_subscription_is_mended_and_noted(harness: ConnectHarness) -> None:
    harness.meta.simulator.onboarding.unsubscribe(SECOND.waba_id)
    await look(harness)
    assert f"POST {SECOND.waba_id}/subscribed_apps" in harness.asked()
    notice = await harness.only(ConnectionNotice)
    assert (notice.event, notice.severity) == ("RESUBSCRIBED", "information")
    await look(harness)
    assert len(await harness.all(ConnectionNotice)) == 1


@pytest.mark.postgresql("rows are locked")
async def test_a_look_at_credentials_that_were_renewed_meanwhile_changes_nothing(
    harness: ConnectHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.break_meta(token=True)
    look_at = check_health._look

    async def renewed_meanwhile(runtime: object, connection: object) -> object:
        seen = await look_at(runtime, connection)  # pyright: ignore[reportArgumentType]
        async with harness.database.transaction() as session:
            row = await session.get_one(connect.Connection, (await harness.connection()).id)
            row.credentials_encrypted = "another"
        return seen

    monkeypatch.setattr(check_health, "_look", renewed_meanwhile)
    await look(harness)
    assert (await harness.connection()).state is ConnectionState.ACTIVE


async def test_a_token_that_cannot_be_read_any_more_is_refused(harness: ConnectHarness) -> None:
    async with harness.database.transaction() as session:
        row = await session.get_one(connect.Connection, (await harness.connection()).id)
        row.credentials_encrypted = "nonsense"
    await look(harness)
    assert "SECRET_KEY" in (await harness.connection()).state_reason
    assert harness.asked() == []


@pytest.mark.postgresql("its statements")
async def test_what_is_disconnected_is_left_alone(harness: ConnectHarness) -> None:
    async with harness.database.transaction() as session:
        await connect.disconnect(session, harness.account_id, harness.clock.now())
    await look(harness)
    assert harness.asked() == []
