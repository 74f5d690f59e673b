"""Urgent words reach who is on call by mail too (S4)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlmodel import select, update

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.messages import Origin
from inbox_app.domain.notifications import Preferences, Shows
from inbox_app.jobs import mail_worker
from inbox_app.jobs.mail_worker import send_next
from inbox_app.models import Conversation, UrgentMail, User
from inbox_app.runtime import Runtime
from inbox_app.services.notifications import preferences, urgent_mails
from inbox_app.services.notifications.spread import spread
from inbox_app.services.sending.send import queue_text
from tests.services.notifications.conftest import NIGHT, Devices, Hear
from tests.support.factories import World
from tests.support.intake import open_inbox
from tests.support.servers.mail_server import MailServer, mail_server

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("a claim that skips what is locked")]
LEAK = "C'è una perdita in cucina"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
def mail_settings(server: MailServer) -> dict[str, str]:
    return {"smtp_url": server.url, "mail_from": "Inbox <inbox@example.com>"}


class Mailbox:
    """What reaches the mail server when all that is due by then has been handed over."""

    def __init__(self, runtime: Runtime, devices: Devices, server: MailServer) -> None:
        self._runtime, self._devices, self._server = runtime, devices, server

    async def by(self, at: datetime) -> list[EmailMessage]:
        await self._devices.tell(at)
        while await send_next(self._runtime, lambda: at):
            pass
        return self._server.taken


@pytest.fixture
def mailbox(
    runtime: Runtime, devices_of_marta: Devices, server: MailServer, world_on_call: World
) -> Mailbox:
    return Mailbox(runtime, devices_of_marta, server)


async def _shows(database: Database, world: World, shows: Shows) -> None:
    chosen = Preferences(time_zone="Europe/Rome", shows=shows)
    async with database.transaction() as session:
        await preferences.prefer(session, world.account_id, world.marta_id, chosen)


async def test_who_has_no_device_is_mailed_at_once(mailbox: Mailbox, hear: Hear) -> None:
    await hear("Buonasera", NIGHT)
    await hear(LEAK, NIGHT + MINUTE)
    [mail] = await mailbox.by(NIGHT + MINUTE)
    assert (mail["To"], mail["Subject"]) == ("marta@casedelsole.it", "Urgente: Ada Bianchi")
    assert f"Urgente: {LEAK}" in mail.get_content()
    assert "http://localhost:8000/inbox/" in mail.get_content()


async def test_who_is_told_on_a_device_has_a_moment_to_look_there(
    mailbox: Mailbox, hear: Hear, devices_of_marta: Devices
) -> None:
    _, browser = await devices_of_marta.subscribe()
    await hear(LEAK, NIGHT)
    assert await mailbox.by(NIGHT + MINUTE) == []
    assert len(devices_of_marta.push_service.heard(browser)) == 1
    assert len(await mailbox.by(NIGHT + 3 * MINUTE)) == 1


@pytest.mark.parametrize(
    ("shows", "subject", "said"),
    [
        (Shows.NAME, "Urgente: Ada Bianchi", "Urgente, fuori orario."),
        (Shows.NOTHING, "Urgente, fuori orario.", "Urgente, fuori orario."),
    ],
)
async def test_no_more_is_in_it_than_they_let_stand_on_a_screen(
    mailbox: Mailbox,
    hear: Hear,
    database: Database,
    world: World,
    shows: Shows,
    subject: str,
    said: str,
) -> None:
    await _shows(database, world, shows)
    await hear(LEAK, NIGHT)
    [mail] = await mailbox.by(NIGHT)
    content = mail.get_content()
    assert mail["Subject"] == subject
    assert content.startswith(said)
    assert "perdita" not in content
    assert shows is Shows.NAME or "Ada" not in mail.as_string()


async def test_several_soon_after_another_are_one_mail(mailbox: Mailbox, hear: Hear) -> None:
    for number in range(4):
        await hear(f"{LEAK} {number}", NIGHT + number * MINUTE)
        await mailbox.by(NIGHT + number * MINUTE)
    assert len(await mailbox.by(NIGHT + 5 * MINUTE)) == 1
    await hear(f"{LEAK} ancora", NIGHT + 12 * MINUTE)
    assert len(await mailbox.by(NIGHT + 12 * MINUTE)) == 2


async def test_what_somebody_answered_is_mailed_no_more(
    mailbox: Mailbox, hear: Hear, database: Database, world: World, devices_of_marta: Devices
) -> None:
    await devices_of_marta.subscribe()
    await hear(LEAK, NIGHT)
    assert await mailbox.by(NIGHT) == []
    async with database.transaction() as session:
        talk = (await session.exec(select(Conversation.id))).one()
        await queue_text(
            session, account_id=world.account_id, conversation_id=talk, text="Arrivo",
            author_id=world.marta_id, origin=Origin.PM, client_ref=None, now=NIGHT,
        )  # fmt: skip
    assert await mailbox.by(NIGHT + 5 * MINUTE) == []
    assert (await open_inbox(database).only(UrgentMail)).ended_at == NIGHT + 5 * MINUTE


async def test_who_may_not_come_in_any_more_is_mailed_nothing(
    mailbox: Mailbox, hear: Hear, database: Database, world: World
) -> None:
    await hear(LEAK, NIGHT)
    async with database.transaction() as session:
        await session.exec(update(User).values(disabled_at=NIGHT))
    assert await mailbox.by(NIGHT) == []


async def test_what_the_server_does_not_take_is_tried_again_for_hours(
    mailbox: Mailbox, hear: Hear, server: MailServer
) -> None:
    server.refusing = 451
    await hear(LEAK, NIGHT)
    assert await mailbox.by(NIGHT) == []
    server.refusing = None
    assert await mailbox.by(NIGHT + 0.9 * MINUTE) == []
    assert len(await mailbox.by(NIGHT + 1.1 * MINUTE)) == 1


async def test_a_kill_loses_none_and_a_mailbox_knows_what_comes_again(
    mailbox: Mailbox,
    hear: Hear,
    runtime: Runtime,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await hear(LEAK, NIGHT)
    async with database.transaction() as session:
        await spread(session, NIGHT, by_mail=True)
    with monkeypatch.context() as dies:
        dies.setattr(urgent_mails, "sent", _dies)
        with pytest.raises(RuntimeError):
            await mail_worker.send_next(runtime, lambda: NIGHT)
    assert len(await mailbox.by(NIGHT + MINUTE)) == 1
    first, again = await mailbox.by(NIGHT + 3 * MINUTE)
    assert first["Message-ID"] == again["Message-ID"]
    assert len(await open_inbox(database).all(UrgentMail)) == 1


async def _dies(*_: object) -> None:
    raise RuntimeError("killed")


async def test_without_a_mail_server_nothing_waits(
    runtime: Runtime, hear: Hear, world_on_call: World, database: Database
) -> None:
    silent = replace(runtime, settings=runtime.settings.model_copy(update={"smtp_url": None}))
    await hear(LEAK, NIGHT)
    await mail_worker.send_next(silent)
    async with database.transaction() as session:
        await spread(session, real_now())
    assert await open_inbox(database).all(UrgentMail) == []
