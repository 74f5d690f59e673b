"""What is read is told no more, and what could not be told is tried again (N1)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.notifications import PushState
from inbox_app.models import Conversation, NotifiedDevice
from inbox_app.services.conversations.read_conversation import mark_read
from tests.services.notifications.conftest import Devices
from tests.services.notifications.telling import hear, on_both, pushes
from tests.support.factories import World
from tests.support.intake import open_inbox

pytestmark = pytest.mark.anyio


async def read_all(database: Database, world: World) -> None:
    async with database.transaction() as session:
        row = (await session.exec(select(Conversation))).one()
        await mark_read(
            session,
            account_id=world.account_id,
            user_id=world.marta_id,
            conversation_id=row.id,
            up_to=row.last_message_id or 0,
        )


async def test_what_is_read_before_it_leaves_is_not_told(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    _, browser = await devices_of_marta.subscribe()
    await hear(database, now, "Ciao")
    await read_all(database, world)
    await devices_of_marta.tell()
    assert devices_of_marta.push_service.heard(browser) == []


@on_both
async def test_what_is_read_on_one_device_goes_from_all_screens(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    browsers = [(await devices_of_marta.subscribe())[1] for _ in range(2)]
    await hear(database, now, "Ciao")
    await devices_of_marta.tell()
    await read_all(database, world)
    await devices_of_marta.tell()
    await devices_of_marta.tell()
    for browser in browsers:
        told, cleared = devices_of_marta.push_service.heard(browser)
        assert (told["purpose"], cleared["purpose"]) == ("tell", "clear")
        assert told["tag"] == cleared["tag"]


@pytest.mark.parametrize("status", [404, 410, 403])
async def test_a_dead_subscription_is_forgotten_and_the_device_stays(
    database: Database, now: datetime, devices_of_marta: Devices, status: int
) -> None:
    _, browser = await devices_of_marta.subscribe()
    devices_of_marta.push_service.answer(browser, status)
    await hear(database, now, "Ciao")
    await devices_of_marta.tell()
    await hear(database, now, "Ci sei?")
    await devices_of_marta.tell()
    assert len(devices_of_marta.push_service.heard(browser)) == 1
    assert (await open_inbox(database).only(NotifiedDevice)).endpoint is None


async def test_a_push_service_in_trouble_is_asked_again_after_a_growing_pause(
    database: Database, now: datetime, devices_of_marta: Devices
) -> None:
    _, browser = await devices_of_marta.subscribe()
    service, start = devices_of_marta.push_service, real_now()
    service.answer(browser, 503)
    await hear(database, now, "Ciao")
    await devices_of_marta.tell(start)
    await devices_of_marta.tell(start + timedelta(seconds=4))
    assert len(service.heard(browser)) == 1
    service.answer(browser, 429, **{"retry-after": "600"})
    await devices_of_marta.tell(start + timedelta(seconds=6))
    await devices_of_marta.tell(start + timedelta(minutes=9))
    assert len(service.heard(browser)) == 2
    service.answer(browser, 201)
    await devices_of_marta.tell(start + timedelta(minutes=12))
    assert len(service.heard(browser)) == 3
    assert [push.state for push in await pushes(database)] == [PushState.SENT]
