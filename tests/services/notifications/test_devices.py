"""A device is its person's alone, and what was told goes with them (N1, A6)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.notifications import PushState
from inbox_app.jobs import push_worker
from inbox_app.models import Message, NotifiedDevice, User
from inbox_app.services.notifications import devices
from inbox_app.services.notifications.devices import SubscriptionRefusedError
from inbox_app.services.personal_data.erase_actor import erase_actor
from inbox_app.services.personal_data.erase_messages import empty_messages
from inbox_app.services.upkeep import prune
from tests.services.notifications.conftest import Devices
from tests.services.notifications.telling import hear, on_both, prefer, pushes
from tests.support.factories import World, make_user
from tests.support.intake import open_inbox
from tests.support.servers.push_service import Browser

pytestmark = pytest.mark.anyio


@on_both
async def test_a_browser_where_somebody_else_signs_in_is_theirs_alone(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    _, browser = await devices_of_marta.subscribe()
    async with database.transaction() as session:
        luca = await make_user(session, world.account_id, now, "luca@casedelsole.it")
    who = await devices_of_marta.sign_in(luca.id)
    async with database.transaction() as session:
        vault = devices_of_marta.runtime.vault
        keys = browser.p256dh, browser.secret
        await devices.subscribe(session, who, browser.endpoint, *keys, real_now(), vault=vault)
    await hear(database, now, "Ciao")
    await devices_of_marta.tell()
    assert len(devices_of_marta.push_service.heard(browser)) == 1


async def test_an_address_that_no_push_service_has_is_refused(
    database: Database, devices_of_marta: Devices
) -> None:
    who, keys = await devices_of_marta.sign_in(), Browser("")
    vault = devices_of_marta.runtime.vault
    for endpoint in (
        "http://push.example.com/1",
        "https://user:pass@push.example.com/1",
        "https://push.example.com/1#x",
        "https://push.example.com/" + "x" * 1_000,
        "javascript:alert(1)",
        "",
    ):
        async with database.transaction() as session:
            with pytest.raises(SubscriptionRefusedError):
                await devices.subscribe(
                    session, who, endpoint, keys.p256dh, keys.secret, real_now(), vault=vault
                )


async def test_a_persons_device_and_preferences_go_with_them(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    await devices_of_marta.subscribe()
    await prefer(database, world)
    async with database.transaction() as session:
        await session.delete(await session.get_one(User, world.marta_id))
    inbox = open_inbox(database)
    assert await inbox.all(NotifiedDevice) == []


@on_both
async def test_what_was_told_long_ago_is_forgotten(
    database: Database, now: datetime, devices_of_marta: Devices
) -> None:
    await devices_of_marta.subscribe()
    await hear(database, now, "Ciao")
    await devices_of_marta.tell()
    async with database.transaction() as session:
        assert await prune.old_notifications(session, real_now() + timedelta(days=2)) == 0
        assert await prune.old_notifications(session, real_now() + timedelta(days=4)) == 1
    assert await pushes(database) == []


@on_both
async def test_what_was_told_of_somebody_goes_from_the_screens_when_they_are_erased(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    _, browser = await devices_of_marta.subscribe()
    await hear(database, now, "Il mio codice")
    await devices_of_marta.tell()
    await hear(database, now, "Ancora io")
    async with database.transaction() as session:
        await erase_actor(
            session,
            account_id=world.account_id,
            actor_id=world.ada_id,
            name="Persona cancellata",
            user_id=world.marta_id,
            now=now,
        )
    await devices_of_marta.tell()
    heard = devices_of_marta.push_service.heard(browser)
    assert [(each["purpose"], each["id"]) for each in heard[1:]] == [("clear", heard[0]["id"])]


async def test_what_was_told_of_one_erased_message_goes_too(
    database: Database, world: World, now: datetime, devices_of_marta: Devices
) -> None:
    """What somebody wrote in a group, say, which stays."""
    _, browser = await devices_of_marta.subscribe()
    await hear(database, now, "Il mio codice")
    await devices_of_marta.tell()
    async with database.transaction() as session:
        written = (await session.exec(select(Message))).all()
        await empty_messages(session, world.account_id, written)
    await devices_of_marta.tell()
    heard = devices_of_marta.push_service.heard(browser)
    assert [each["purpose"] for each in heard] == ["tell", "clear"]


async def test_what_nobody_foresaw_is_tried_later_and_given_up_in_the_end(
    database: Database,
    now: datetime,
    devices_of_marta: Devices,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def breaks(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(push_worker, "send_push", breaks)
    await devices_of_marta.subscribe()
    await hear(database, now, "Ciao")
    await devices_of_marta.tell()
    (push,) = await pushes(database)
    assert (push.state, push.attempts, push.problem) == (PushState.PENDING, 1, "unforeseen")
    assert push.next_attempt_at > real_now()
    for hours in range(1, 24):
        await devices_of_marta.tell(real_now() + timedelta(hours=hours))
    (push,) = await pushes(database)
    assert push.state is PushState.FAILED
    assert push.attempts < 12
