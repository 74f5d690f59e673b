"""What a phone is told, from the message that came to what its browser opens (N1, N2)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.notifications import PushState
from inbox_app.models import (
    Notification,
)
from inbox_app.services.accounts import people, sign_in
from inbox_app.services.notifications.spread import spread
from tests.services.notifications.conftest import Devices
from tests.services.notifications.telling import hear, on_both, pushes
from tests.support.factories import World, make_user
from tests.support.intake import open_inbox
from tests.support.servers.push_service import check_sender

pytestmark = pytest.mark.anyio


@on_both
async def test_every_device_hears_of_a_message_in_its_own_cipher(
    database: Database, now: datetime, devices_of_marta: Devices
) -> None:
    heard = devices_of_marta.push_service.heard
    browsers = [(await devices_of_marta.subscribe())[1] for _ in range(3)]
    await hear(database, now, "C'è il forno?")
    await devices_of_marta.tell()
    await devices_of_marta.tell()
    for browser in browsers:
        (told,) = heard(browser)
        assert (told["title"], told["body"]) == ("Ada Bianchi", "C'è il forno?")
        assert told["url"] == f"/inbox/{told['tag'].removeprefix('conversation-')}"
        assert (told["purpose"], told["kind"]) == ("tell", "message")
    (asked, *_) = devices_of_marta.push_service.web.asked
    check_sender(asked["authorization"], browsers[0].endpoint.rsplit("/push", 1)[0])
    assert (asked["content-encoding"], asked["urgency"]) == ("aes128gcm", "high")
    assert asked["topic"].startswith("c-")


async def test_where_no_device_listens_nothing_is_noted(
    database: Database, world: World, now: datetime
) -> None:
    await hear(database, now, "Ciao")
    assert await open_inbox(database).all(Notification) == []


@on_both
async def test_a_burst_is_told_once_with_its_latest_words_and_how_many_wait(
    database: Database, now: datetime, devices_of_marta: Devices
) -> None:
    _, browser = await devices_of_marta.subscribe()
    await hear(database, now, "Uno", "Due", "Tre")
    await devices_of_marta.tell()
    told = devices_of_marta.push_service.heard(browser)
    assert [each["title"] for each in told] == ["Ada Bianchi (3)"]
    assert told[0]["body"] == "Tre"


@on_both
async def test_a_process_that_dies_before_sending_loses_nothing_and_doubles_nothing(
    database: Database, now: datetime, devices_of_marta: Devices
) -> None:
    _, browser = await devices_of_marta.subscribe()
    await hear(database, now, "Ciao")
    async with database.transaction() as session:
        await spread(session, real_now())
    async with database.transaction() as session:
        (await session.exec(select(Notification))).one().spread_at = None
    await devices_of_marta.tell()
    await devices_of_marta.tell()
    assert len(devices_of_marta.push_service.heard(browser)) == 1
    assert [push.state for push in await pushes(database)] == [PushState.SENT]


@on_both
async def test_signing_out_silences_that_device_only(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    who, gone = await devices_of_marta.subscribe()
    _, stays = await devices_of_marta.subscribe()
    await hear(database, now, "Ciao")
    async with database.transaction() as session:
        await sign_in.end_one(session, world.account_id, world.marta_id, who.session_id)
    await devices_of_marta.tell()
    heard = devices_of_marta.push_service.heard
    assert (len(heard(gone)), len(heard(stays))) == (0, 1)


async def test_who_is_deactivated_hears_nothing_more(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    async with database.transaction() as session:
        luca = await make_user(session, world.account_id, now, "luca@casedelsole.it")
    _, browser = await devices_of_marta.subscribe(await devices_of_marta.sign_in(luca.id))
    await hear(database, now, "Ciao")
    async with database.transaction() as session:
        person = await people.by_id(session, world.account_id, luca.id)
        await people.deactivate(session, person, now)
    await devices_of_marta.tell()
    assert devices_of_marta.push_service.heard(browser) == []


async def test_who_was_not_seen_for_a_month_hears_nothing(
    database: Database, now: datetime, devices_of_marta: Devices
) -> None:
    _, browser = await devices_of_marta.subscribe()
    await hear(database, now, "Ciao")
    await devices_of_marta.tell(real_now() + timedelta(days=31))
    assert devices_of_marta.push_service.heard(browser) == []
    assert [push.state for push in await pushes(database)] == [PushState.SUPERSEDED]
