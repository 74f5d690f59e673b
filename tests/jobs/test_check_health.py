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
from tests.support.connecting import SECOND, FrontOffice, a_front_office

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(database: Database, now: datetime, tmp_path: Path) -> AsyncIterator[FrontOffice]:
    """Its number is connected."""
    async with a_front_office(database, now, tmp_path) as office:
        await office.all_but_the_number()
        await office.by_hand()
        await office.drain()
        office.changes.clear()
        office.meta.wire.calls.clear()
        yield office


async def look(office: FrontOffice, after: timedelta = timedelta(minutes=10)) -> None:
    office.clock.move(after)
    await check_health.check_due(office.runtime, office.clock.now())


async def test_a_connection_is_looked_at_every_ten_minutes(office: FrontOffice) -> None:
    await look(office, timedelta(minutes=9))
    assert office.asked() == []
    await look(office, timedelta(minutes=1))
    assert office.asked() == [
        "GET debug_token",
        f"GET {SECOND.phone_number_id}",
        f"GET {SECOND.waba_id}/subscribed_apps",
    ]
    connection = await office.connection()
    assert connection.checked_at == office.clock.now()
    assert connection.state is ConnectionState.ACTIVE
    assert office.changes == [Change(office.account_id)]


@pytest.mark.postgresql("its statements")
async def test_refused_credentials_are_noticed_and_come_back_by_themselves(
    office: FrontOffice,
) -> None:
    office.break_meta(token=True)
    await look(office)
    connection = await office.connection()
    assert connection.state is ConnectionState.CREDENTIALS_REFUSED
    assert "could not be decrypted" in connection.state_reason

    office.mend_meta()
    await look(office)
    connection = await office.connection()
    assert (connection.state, connection.state_reason) == (ConnectionState.ACTIVE, "")


@pytest.mark.parametrize("code", ["190", "10", "200", "131005"])
async def test_a_number_that_is_refused_to_the_token_means_refused_credentials(
    office: FrontOffice, code: str
) -> None:
    office.break_meta(graph=["", code])
    await look(office)
    assert (await office.connection()).state is ConnectionState.CREDENTIALS_REFUSED


@pytest.mark.parametrize("fault", ["unavailable", "html_502", "4", "http_429"])
async def test_a_meta_in_trouble_says_nothing_of_the_credentials(
    office: FrontOffice, fault: str
) -> None:
    before = (await office.connection()).checked_at
    office.break_meta(graph=["", fault])
    await look(office)
    connection = await office.connection()
    assert connection.state is ConnectionState.ACTIVE
    assert connection.unreachable_since == office.clock.now()
    assert connection.checked_at == before

    since = connection.unreachable_since
    office.break_meta(graph=["", fault])
    await look(office, timedelta(minutes=1))
    assert (await office.connection()).unreachable_since == since
    assert len(office.changes) == 1, "nothing has changed"

    await look(office, timedelta(minutes=1))
    assert (await office.connection()).unreachable_since is None


@pytest.mark.postgresql("its statements")
async def test_a_lost_subscription_is_mended_and_noted(office: FrontOffice) -> None:
    office.meta.simulator.onboarding.subscribed_apps("DELETE", SECOND.waba_id)
    await look(office)
    assert f"POST {SECOND.waba_id}/subscribed_apps" in office.asked()
    notice = await office.only(ConnectionNotice)
    assert (notice.event, notice.severity) == ("RESUBSCRIBED", "information")
    await look(office)
    assert len(await office.all(ConnectionNotice)) == 1


@pytest.mark.postgresql("rows are locked")
async def test_a_look_at_credentials_that_were_renewed_meanwhile_changes_nothing(
    office: FrontOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.break_meta(token=True)
    look_at = check_health._look

    async def renewed_meanwhile(runtime: object, connection: object) -> object:
        seen = await look_at(runtime, connection)  # pyright: ignore[reportArgumentType]
        async with office.database.transaction() as session:
            row = await session.get_one(connect.Connection, (await office.connection()).id)
            row.credentials_encrypted = "another"
        return seen

    monkeypatch.setattr(check_health, "_look", renewed_meanwhile)
    await look(office)
    assert (await office.connection()).state is ConnectionState.ACTIVE


async def test_a_token_that_cannot_be_read_any_more_is_refused(office: FrontOffice) -> None:
    async with office.database.transaction() as session:
        row = await session.get_one(connect.Connection, (await office.connection()).id)
        row.credentials_encrypted = "nonsense"
    await look(office)
    assert "SECRET_KEY" in (await office.connection()).state_reason
    assert office.asked() == []


@pytest.mark.postgresql("its statements")
async def test_what_is_disconnected_is_left_alone(office: FrontOffice) -> None:
    async with office.database.transaction() as session:
        await connect.disconnect(session, office.account_id, office.clock.now())
    await look(office)
    assert office.asked() == []
