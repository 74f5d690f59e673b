"""That somebody wrote is news to each person until they have seen it (N1, P1)."""

from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlmodel import select

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.messages import Origin
from inbox_app.domain.notifications import PushState
from inbox_app.models import Conversation, Notification, Push
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.notifications.standing import Seen, seen_by
from inbox_app.services.conversations import triage
from inbox_app.services.conversations.read_conversation import mark_read
from inbox_app.services.sending.send import queue_text
from tests.services.notifications.conftest import Devices
from tests.support.factories import make_user
from tests.support.intake import open_inbox
from tests.support.push_service import Browser
from tests.support.webhook_bodies import says

pytestmark = pytest.mark.anyio
on_both = pytest.mark.postgresql("its statements")


@dataclass
class Office:
    """Marta, and Anna: each with a phone that is notified."""

    database: Database
    devices: Devices
    now: datetime
    people: dict[str, SignedIn] = field(default_factory=dict[str, SignedIn])
    browsers: dict[str, Browser] = field(default_factory=dict[str, Browser])

    async def hears(self, *texts: str) -> None:
        for text in texts:
            told = says(text, f"wamid.{text}", self.now)
            await open_inbox(self.database).hear(told, at=self.now)

    async def reads(self, name: str) -> None:
        async with self.database.transaction() as session:
            talk = (await session.exec(select(Conversation))).one()
            who = self.people[name]
            of = {"account_id": who.account_id, "user_id": who.user_id}
            await mark_read(session, **of, conversation_id=talk.id, up_to=2**31)

    async def told(self, name: str) -> list[tuple[str, str]]:
        """What the phone has heard so far, after all that is due has left."""
        for _ in range(2):
            await self.devices.tell()
        heard = self.devices.push_service.heard(self.browsers[name])
        return [(each["purpose"], each["title"]) for each in heard]

    async def sees(self, name: str) -> Seen:
        """In an open page."""
        who = self.people[name]
        async with self.database.reading() as session:
            return (await seen_by(session, list(self.people.values()), real_now()))[who.session_id]


@pytest.fixture
async def office(database: Database, devices_of_marta: Devices, now: datetime) -> Office:
    world = devices_of_marta.world
    async with database.transaction() as session:
        anna = await make_user(session, world.account_id, now, "anna@example.com")
    office = Office(database, devices_of_marta, now)
    for name, id_ in (("Marta", world.marta_id), ("Anna", anna.id)):
        who = await devices_of_marta.sign_in(id_)
        office.people[name], office.browsers[name] = await devices_of_marta.subscribe(who)
    return office


@on_both
async def test_it_goes_from_the_screens_of_who_has_read_and_stays_on_the_others(
    office: Office,
) -> None:
    await office.hears("Ciao")
    assert await office.told("Marta") == await office.told("Anna") == [("tell", "Ada Bianchi")]
    await office.reads("Anna")
    assert [purpose for purpose, _ in await office.told("Anna")] == ["tell", "clear"]
    assert await office.told("Marta") == [("tell", "Ada Bianchi")]
    annas, martas = await office.sees("Anna"), await office.sees("Marta")
    assert (annas.notices, annas.unread) == ([], 0)
    assert (len(martas.notices), martas.unread) == (1, 1)
    await office.reads("Marta")
    assert [purpose for purpose, _ in await office.told("Marta")] == ["tell", "clear"]
    assert len(await office.told("Anna")) == 2
    assert (await office.sees("Marta")).notices == []
    assert [each.settled for each in await open_inbox(office.database).all(Notification)] == [True]


@on_both
async def test_each_is_told_how_much_waits_for_them(office: Office) -> None:
    await office.hears("Uno", "Due")
    await office.reads("Anna")
    await office.hears("Tre")
    assert await office.told("Anna") == [("tell", "Ada Bianchi")]
    assert await office.told("Marta") == [("tell", "Ada Bianchi (3)")]


@on_both
async def test_who_has_read_before_it_leaves_is_not_told(office: Office) -> None:
    await office.hears("Ciao")
    await office.reads("Anna")
    assert await office.told("Anna") == []
    assert await office.told("Marta") == [("tell", "Ada Bianchi")]


@on_both
async def test_who_answers_knows(office: Office) -> None:
    await office.hears("Ciao")
    await office.told("Anna")
    anna = office.people["Anna"]
    async with office.database.transaction() as session:
        talk = (await session.exec(select(Conversation))).one()
        await queue_text(
            session,
            account_id=anna.account_id,
            conversation_id=talk.id,
            text="Eccomi",
            author_id=anna.user_id,
            origin=Origin.PM,
            client_ref=None,
            now=office.now,
        )
    assert [purpose for purpose, _ in await office.told("Anna")] == ["tell", "clear"]
    assert [purpose for purpose, _ in await office.told("Marta")] == ["tell"]


@on_both
async def test_what_one_leaves_unread_for_later_is_no_news(office: Office) -> None:
    await office.hears("Ciao")
    await office.reads("Anna")
    anna = office.people["Anna"]
    async with office.database.transaction() as session:
        talk = (await session.exec(select(Conversation))).one()
        of = anna.account_id, [talk.id], anna.user_id
        assert await triage.set_unread(session, *of)
    seen = await office.sees("Anna")
    assert (seen.notices, seen.unread) == ([], 1)
    assert await office.told("Anna") == []
    await office.hears("Ci sei?")
    assert len((await office.sees("Anna")).notices) == 1


async def test_what_is_read_while_it_leaves_is_taken_back(office: Office) -> None:
    await office.hears("Ciao")
    await office.told("Anna")
    async with office.database.transaction() as session:
        for push in (await session.exec(select(Push))).all():
            push.state = PushState.PENDING
    await office.reads("Anna")
    async with office.database.transaction() as session:
        for push in (await session.exec(select(Push))).all():
            push.state = PushState.SENT
    assert [purpose for purpose, _ in await office.told("Anna")] == ["tell", "clear"]
    assert [purpose for purpose, _ in await office.told("Marta")] == ["tell"]
