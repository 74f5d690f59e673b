"""Who is deactivated, or reads, in a burst of notifications waits for nobody who waits for them
(N1): each of two begins while the other is halfway."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, text
from sqlmodel import select

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.models import Conversation, User
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.services.accounts import people
from inbox_app.services.conversations import read_conversation, triage
from inbox_app.services.conversations.read_conversation import mark_read
from inbox_app.services.notifications import due_pushes, record_push, settle, spread
from inbox_app.services.notifications.record_push import PushAttempt
from tests.services.notifications.conftest import Devices
from tests.support.factories import make_user
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import says

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("rows are locked")]
Step = Callable[[], Awaitable[object]]


class Meeting:
    """Two transactions: the first stops where ``at`` is called, until the second has ended or waits
    for the first."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self._database, self._monkeypatch = database, monkeypatch
        self._halfway, self._go_on = asyncio.Event(), asyncio.Event()

    async def of(self, first: Step, second: Step, *, module: object, at: str) -> None:
        original = getattr(module, at)

        async def stop(*values: Any, **named: Any) -> object:
            self._monkeypatch.setattr(module, at, original)
            self._halfway.set()
            await self._go_on.wait()
            return await original(*values, **named)

        self._monkeypatch.setattr(module, at, stop)
        async with asyncio.timeout(20), asyncio.TaskGroup() as both:
            both.create_task(_run(first))
            await self._halfway.wait()
            other = both.create_task(_run(second))
            await self._until_it_waits(other)
            self._go_on.set()

    async def _until_it_waits(self, other: asyncio.Task[None]) -> None:
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        await asyncio.sleep(0)
        while not self._database.is_sqlite and not other.done():
            async with self._database.reading() as session:
                if (await (await session.connection()).execute(waiting)).scalar_one():
                    return


async def _run(step: Step) -> None:
    await step()


class Office:
    """Marta, and Anna, each with two phones; Ada's conversation is Marta's."""

    def __init__(self, database: Database, devices: Devices, now: datetime) -> None:
        self.database, self.devices, self.now = database, devices, now
        self.account_id, self.marta_id = devices.world.account_id, devices.world.marta_id
        self.anna_id = 0
        self.martas: list[SignedIn] = []

    async def begins(self) -> "Office":
        async with self.database.transaction() as session:
            self.anna_id = (
                await make_user(session, self.account_id, self.now, "anna@example.com")
            ).id
        for user_id in (self.marta_id, self.marta_id, self.anna_id):
            await self.devices.subscribe(await self.devices.sign_in(user_id))
        await self.hears("Ciao")
        async with self.database.transaction() as session:
            (await session.exec(select(Conversation))).one().assigned_to = self.marta_id
            (await session.get_one(User, self.anna_id)).role = (
                await session.get_one(User, self.marta_id)
            ).role
        return self

    async def hears(self, words: str, **sender: str) -> None:
        told = says(words, f"wamid.{words}", self.now, **sender)
        await open_inbox(self.database).hear(told, at=self.now)

    async def spreads(self) -> None:
        async with self.database.transaction() as session:
            await spread.spread(session, real_now())

    async def reads(self, user_id: int) -> None:
        async with self.database.transaction() as session:
            talk = (await session.exec(select(func.min(Conversation.id)))).one()
            of = {"account_id": self.account_id, "conversation_id": talk}
            await mark_read(session, **of, user_id=user_id, up_to=10_000)

    async def marta_reads_all(self) -> None:
        async with self.database.transaction() as session:
            ids = (await session.exec(select(Conversation.id))).all()
            await triage.set_read(session, self.account_id, ids, self.marta_id)

    async def deactivates_marta(self) -> None:
        async with self.database.transaction() as session:
            person = await people.by_id(session, self.account_id, self.marta_id)
            await people.deactivate(session, person, real_now(), by=self.anna_id)

    async def records(self, status: int, user_id: int) -> None:
        """What the push service answered to one of this person's."""
        async with self.database.reading() as session:
            at = real_now() + timedelta(days=1)
            due = await due_pushes.due_pushes(session, at, limit=10, on_their_way=())
            devices = {
                each.id: each.user_id
                for each in (await session.exec(select(due_pushes.NotifiedDevice))).all()
            }
        job = [each for each in due.jobs if devices[each.device_id] == user_id][-1]
        async with self.database.transaction() as session:
            attempt = PushAttempt(status=status)
            await record_push.record_push(session, job, attempt, real_now(), jitter=0.0)


@pytest.fixture
async def office(database: Database, devices_of_marta: Devices, now: datetime) -> Office:
    return await Office(database, devices_of_marta, now).begins()


@pytest.fixture
def meeting(database: Database, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    return Meeting(database, monkeypatch)


async def test_a_colleague_reads_what_was_theirs(office: Office, meeting: Meeting) -> None:
    await meeting.of(
        lambda: office.reads(office.anna_id),
        office.deactivates_marta,
        module=read_conversation,
        at="leave_to_others",
    )


async def test_a_push_service_has_forgotten_their_phone(office: Office, meeting: Meeting) -> None:
    await office.spreads()
    await meeting.of(
        lambda: office.records(410, office.marta_id),
        office.deactivates_marta,
        module=record_push,
        at="forget_subscription",
    )


async def test_a_newer_message_is_spread_to_their_phones(office: Office, meeting: Meeting) -> None:
    await office.spreads()
    await office.hears("Ci sei?")
    await meeting.of(office.spreads, office.deactivates_marta, module=spread, at="insert_new")


async def test_newer_messages_are_spread_while_their_person_reads_several(
    office: Office, meeting: Meeting
) -> None:
    await office.hears("Eccomi", wa_id="393334440001")
    await office.spreads()
    await office.hears("Ci sei?")
    await office.reads(office.anna_id)
    await office.hears("Ci siete?", wa_id="393334440001")
    await meeting.of(office.marta_reads_all, office.spreads, module=settle, at="seen_up_to")
