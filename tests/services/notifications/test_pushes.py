"""What a phone is told, from the message that came to what its browser opens (N1, N2)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.notifications import MessagesOf, Preferences, PushState, Shows
from inbox_app.jobs import push_worker
from inbox_app.models import (
    Connection,
    ConnectionState,
    Conversation,
    Message,
    Notification,
    NotifiedDevice,
    Push,
    User,
)
from inbox_app.services.accounts import people, sign_in
from inbox_app.services.conversations.read_conversation import mark_read
from inbox_app.services.notifications import devices, preferences
from inbox_app.services.notifications.devices import SubscriptionRefusedError
from inbox_app.services.notifications.note import note_unpaid
from inbox_app.services.notifications.note_closing import note_closing
from inbox_app.services.notifications.spread import spread
from inbox_app.services.personal_data.erase_actor import erase_actor
from inbox_app.services.personal_data.erase_messages import empty_messages
from inbox_app.services.upkeep import prune
from tests.queries.conversations import begin, open_window, say
from tests.services.notifications.conftest import Devices
from tests.support.factories import World, make_user
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import says
from tests.support.servers.push_service import Browser, check_sender

pytestmark = pytest.mark.anyio
on_both = pytest.mark.postgresql("its statements")


async def hear(database: Database, now: datetime, *texts: str) -> None:
    inbox = open_inbox(database)
    for text in texts:
        await inbox.hear(says(text, f"wamid.{text}", now), at=now)


async def pushes(database: Database) -> Sequence[Push]:
    async with database.reading() as session:
        return (await session.exec(select(Push).order_by(col(Push.id)))).all()


async def prefer(database: Database, world: World, **columns: object) -> None:
    wanted = Preferences(time_zone="Europe/Rome", **columns)  # pyright: ignore[reportArgumentType]
    async with database.transaction() as session:
        await preferences.prefer(session, world.account_id, world.marta_id, wanted)


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
