"""That somebody wrote is news to each person until they have seen it (N1, P1)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.messages import Origin
from inbox_app.domain.notifications import Preferences, PushState
from inbox_app.models import Conversation, Notification, NotifiedDevice, Push
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.notifications.standing import Seen, seen_by
from inbox_app.services.conversations import triage
from inbox_app.services.conversations.read_conversation import mark_read
from inbox_app.services.notes.see_mentions import see_mentions
from inbox_app.services.notifications import preferences
from inbox_app.services.notifications.note_closing import note_closing
from inbox_app.services.notifications.spread import spread
from inbox_app.services.sending.send import queue_text
from tests.queries.conversations import begin, open_window, say
from tests.services.notifications.conftest import Devices
from tests.support.factories import make_user
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import says
from tests.support.servers.push_service import Browser

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

    async def closes(self) -> None:
        """Ada has waited since her window was opened, and it closes within the hour."""
        at = self.now - timedelta(hours=23, minutes=30)
        async with self.database.transaction() as session:
            if (await session.exec(select(Conversation))).first() is None:
                await self._waits(session, at)
            await note_closing(session, self.now)

    async def gives(self, name: str) -> None:
        at = self.now - timedelta(hours=23, minutes=30)
        async with self.database.transaction() as session:
            talk = (await session.exec(select(Conversation))).first() or await self._waits(
                session, at
            )
            talk.assigned_to = self.people[name].user_id

    async def _waits(self, session: AsyncSession, at: datetime) -> Conversation:
        world = self.devices.world
        of = {"actor_id": world.ada_id, "last_read_id": 10_000}
        talk = await begin(session, world.account_id, self.now, "393471234567", **of)
        await say(session, talk, at, "Ciao")
        await open_window(session, talk, at)
        return talk

    async def looks(self, name: str) -> None:
        who = self.people[name]
        async with self.database.transaction() as session:
            talk = (await session.exec(select(Conversation.id))).one()
            await see_mentions(session, who.account_id, who.user_id, talk, real_now())

    async def answers(self, name: str) -> None:
        who = self.people[name]
        async with self.database.transaction() as session:
            talk = (await session.exec(select(Conversation.id))).one()
            await queue_text(
                session,
                account_id=who.account_id,
                conversation_id=talk,
                text="Eccomi",
                author_id=who.user_id,
                origin=Origin.PM,
                client_ref=None,
                now=self.now,
            )

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
    await office.answers("Anna")
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


@on_both
async def test_that_a_window_closes_is_told_to_each_until_they_have_looked(office: Office) -> None:
    await office.closes()
    assert await office.told("Marta") == await office.told("Anna") == [("tell", "Ada Bianchi")]
    await office.looks("Anna")
    assert [purpose for purpose, _ in await office.told("Anna")] == ["tell", "clear"]
    assert await office.told("Marta") == [("tell", "Ada Bianchi")]
    assert [each["kind"] for each in (await office.sees("Marta")).notices] == ["closing"]
    assert (await office.sees("Anna")).notices == []


@on_both
async def test_that_a_window_closes_is_over_for_all_once_one_has_answered(office: Office) -> None:
    await office.closes()
    await office.told("Marta")
    await office.answers("Anna")
    assert [purpose for purpose, _ in await office.told("Marta")] == ["tell", "clear"]
    assert (await office.sees("Marta")).notices == []


async def test_a_window_is_the_business_of_whose_the_conversation_is(office: Office) -> None:
    await office.gives("Anna")
    await office.closes()
    assert await office.told("Marta") == []
    assert await office.told("Anna") == [("tell", "Ada Bianchi")]
    await office.gives("Marta")
    await office.closes()
    assert await office.told("Marta") == [("tell", "Ada Bianchi")]
    assert len(await office.told("Anna")) == 1


async def test_in_quiet_hours_nobody_is_told_later_that_a_window_was_closing(
    office: Office,
) -> None:
    start = office.now.hour * 60 + office.now.minute
    quiet = Preferences(time_zone="UTC", quiet_from=start - 5, quiet_to=(start + 180) % 1440)
    who = office.people["Anna"]
    async with office.database.transaction() as session:
        await preferences.prefer(session, who.account_id, who.user_id, quiet)
    await office.closes()
    async with office.database.transaction() as session:
        await spread(session, office.now)
        pushes = (await session.exec(select(Push))).all()
    marta = office.people["Marta"].session_id
    async with office.database.reading() as session:
        (told,) = (
            await session.exec(
                select(NotifiedDevice.id).where(col(NotifiedDevice.session_id) == marta)
            )
        ).all()
    assert [push.device_id for push in pushes] == [told]
