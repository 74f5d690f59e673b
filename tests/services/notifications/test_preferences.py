"""Of what a person hears, when, and how much a screen shows (N1, N2)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.notifications import MessagesOf, Shows
from inbox_app.models import Connection, ConnectionState, Conversation
from inbox_app.services.notifications.note import note_unpaid
from inbox_app.services.notifications.note_closing import note_closing
from tests.queries.conversations import begin, open_window, say
from tests.services.notifications.conftest import Devices
from tests.services.notifications.telling import hear, on_both, prefer
from tests.support.factories import World

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("shows", "title", "body"),
    [
        (Shows.TEXT, "Ada Bianchi", "Il codice è 1234?"),
        (Shows.NAME, "Ada Bianchi", "Nuovo messaggio"),
        (Shows.NOTHING, "Posta", "Nuovo messaggio"),
    ],
)
async def test_a_screen_shows_no_more_than_its_person_lets_it(
    database: Database,
    world: World,
    now: datetime,
    devices_of_marta: Devices,
    shows: Shows,
    title: str,
    body: str,
) -> None:
    await prefer(database, world, shows=shows)
    _, browser = await devices_of_marta.subscribe()
    await hear(database, now, "Il codice è 1234?")
    await devices_of_marta.tell()
    (told,) = devices_of_marta.push_service.heard(browser)
    assert (told["title"], told["body"]) == (title, body)
    assert "1234" not in str(told) or shows is Shows.TEXT


async def test_what_comes_in_quiet_hours_is_told_at_their_end_unless_it_was_read(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    await prefer(database, world, quiet_from=22 * 60, quiet_to=7 * 60)
    _, browser = await devices_of_marta.subscribe()
    night = real_now().replace(hour=23, minute=30)
    await hear(database, now, "Dormi?")
    await devices_of_marta.tell(night)
    assert devices_of_marta.push_service.heard(browser) == []
    await devices_of_marta.tell(night + timedelta(hours=9))
    assert len(devices_of_marta.push_service.heard(browser)) == 1


async def test_who_wants_to_hear_of_their_own_alone_hears_of_these(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    await prefer(database, world, messages=MessagesOf.MINE)
    _, browser = await devices_of_marta.subscribe()
    await hear(database, now, "Ciao")
    await devices_of_marta.tell()
    assert devices_of_marta.push_service.heard(browser) == []
    async with database.transaction() as session:
        (await session.exec(select(Conversation))).one().assigned_to = world.marta_id
    await hear(database, now, "Ci sei?")
    await devices_of_marta.tell()
    assert len(devices_of_marta.push_service.heard(browser)) == 1


@on_both
async def test_a_closing_window_is_told_once(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    _, browser = await devices_of_marta.subscribe()
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        await say(session, talk, now - timedelta(hours=23, minutes=30), "Ciao")
        await open_window(session, talk, now - timedelta(hours=23, minutes=30))
    for _ in range(2):
        async with database.transaction() as session:
            await note_closing(session, now)
        await devices_of_marta.tell()
    (told,) = devices_of_marta.push_service.heard(browser)
    assert (told["kind"], told["title"]) == ("closing", "Ada Bianchi")


@on_both
async def test_a_connection_that_breaks_is_told_until_it_is_mended(
    database: Database, world: World, devices_of_marta: Devices
) -> None:
    _, browser = await devices_of_marta.subscribe()
    async with database.transaction() as session:
        row = await session.get_one(Connection, world.connection_id)
        row.state = ConnectionState.CREDENTIALS_REFUSED
    await devices_of_marta.tell()
    async with database.transaction() as session:
        (await session.get_one(Connection, world.connection_id)).state = ConnectionState.ACTIVE
    await devices_of_marta.tell()
    told = devices_of_marta.push_service.heard(browser)
    assert [(each["kind"], each["purpose"]) for each in told] == [
        ("connection", "tell"),
        ("connection", "clear"),
    ]


@on_both
async def test_a_missing_payment_method_is_told_once_a_day(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    _, browser = await devices_of_marta.subscribe()
    for at in (now, now + timedelta(hours=1), now + timedelta(days=1)):
        async with database.transaction() as session:
            await note_unpaid(await session.connection(), world.account_id, at)
        await devices_of_marta.tell()
    assert [each["kind"] for each in devices_of_marta.push_service.heard(browser)] == [
        "payment",
        "payment",
    ]
