"""What is owed an answer: to do, snoozed, done, and back again (P8)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select, update

from inbox_app.database import Database
from inbox_app.domain.conversations.triage import Snooze, SnoozeProblem, SnoozeRefusedError
from inbox_app.domain.delivery.failures import Failure, Remedy
from inbox_app.domain.messages import Origin
from inbox_app.models import Conversation, Message, Reservation
from inbox_app.queries.inbox.list.conversation_list import page
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.services.conversations import triage, wake_snoozed
from inbox_app.services.sending.mark_failed import mark_failed
from inbox_app.services.sending.retry_send import retry
from inbox_app.services.sending.send import queue_text
from inbox_app.services.sending.send_later import When, queue_later
from inbox_app.services.sending.undo_send import take_out
from tests.queries.conversations import book
from tests.support.factories import ADA_PHONE, World, make_account
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import reacts, says

pytestmark = pytest.mark.anyio
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Triage:
    """Ada writes, and somebody sees to it."""

    def __init__(self, database: Database, world: World, now: datetime) -> None:
        self.database, self.world, self.now = database, world, now
        self.inbox: Inbox = open_inbox(database)
        self.count = 0

    async def writes(self, wa_id: str = ADA_PHONE.removeprefix("+")) -> str:
        self.count += 1
        self.now += MINUTE
        wamid = f"wamid.{self.count}"
        await self.inbox.hear(says("Ciao", wamid, self.now, wa_id=wa_id), at=self.now)
        return wamid

    async def talk(self) -> Conversation:
        return (await self.inbox.all(Conversation))[0]

    async def in_lane(self, filter_: Filter = Filter.TO_ANSWER) -> list[str]:
        async with self.database.reading() as session:
            rows = await page(session, View(self.world.account_id, filter_), self.now, limit=9)
        return [row["id"] for row in rows]

    async def answers(self) -> Message:
        self.now += MINUTE
        async with self.database.transaction() as session:
            return await queue_text(
                session,
                account_id=self.world.account_id,
                conversation_id=(await self.talk()).id,
                text="Eccomi",
                author_id=self.world.marta_id,
                origin=Origin.PM,
                client_ref=None,
                now=self.now,
            )

    async def snoozes(self, snooze: Snooze, until: datetime | None = None) -> list[triage.Before]:
        ids = [(await self.talk()).id]
        async with self.database.transaction() as session:
            of = session, self.world.account_id, ids
            return await triage.set_snoozed(*of, snooze, self.now, until)

    async def wakes(self) -> int:
        async with self.database.transaction() as session:
            return len(await wake_snoozed.wake_due(session, self.now))


@pytest.fixture
def ada(database: Database, world: World, now: datetime) -> Triage:
    return Triage(database, world, now)


async def test_who_writes_waits_since_the_first_word_that_nobody_answered(ada: Triage) -> None:
    await ada.writes()
    first = ada.now
    await ada.writes()
    assert (await ada.talk()).waiting_since == first.replace(microsecond=0)
    assert len(await ada.in_lane()) == 1
    await ada.answers()
    assert await ada.in_lane() == []
    assert (await ada.talk()).answer_by is None
    assert len(await ada.in_lane(Filter.DONE)) == 1


async def test_an_answer_that_was_not_delivered_answered_nobody(ada: Triage) -> None:
    await ada.writes()
    since = (await ada.talk()).waiting_since
    message = await ada.answers()
    async with ada.database.transaction() as session:
        theirs = await session.get_one(Message, message.id)
        await mark_failed(session, theirs, Failure(remedy=Remedy.RETRY), ada.now)
    assert (await ada.talk()).waiting_since == since
    async with ada.database.transaction() as session:
        await retry(session, ada.world.account_id, message.id, ada.now)
    assert await ada.in_lane() == []
    async with ada.database.transaction() as session:
        talk = await session.get_one(Conversation, (await ada.talk()).id)
        assert await take_out(session, talk, await session.get_one(Message, message.id), ada.now)
    assert (await ada.talk()).waiting_since == since


async def test_done_holds_until_they_write_again_and_a_thumb_is_no_question(ada: Triage) -> None:
    wamid = await ada.writes()
    async with ada.database.transaction() as session:
        await triage.set_done(session, ada.world.account_id, [(await ada.talk()).id], ada.now)
    await ada.inbox.hear(reacts(wamid, "wamid.thumb", ada.now), at=ada.now)
    assert await ada.in_lane() == []
    assert (await ada.talk()).unread == 2
    await ada.writes()
    assert len(await ada.in_lane()) == 1


async def test_a_done_one_is_as_before_once_undone_unless_something_was_said(ada: Triage) -> None:
    await ada.writes()
    before = await ada.talk()
    of = ada.world.account_id, [before.id]
    async with ada.database.transaction() as session:
        changed = await triage.set_done(session, *of, ada.now)
        assert await triage.set_done(session, *of, ada.now) == []
    async with ada.database.transaction() as session:
        assert await triage.undo(session, ada.world.account_id, changed, ada.world.marta_id) == [
            before.id
        ]
    assert (await ada.talk()) == before
    await ada.writes()
    later = await ada.talk()
    async with ada.database.transaction() as session:
        assert await triage.undo(session, ada.world.account_id, changed, ada.world.marta_id) == []
    assert await ada.talk() == later


async def test_a_snoozed_one_comes_back_at_its_time_and_waits_as_long_as_it_did(
    ada: Triage,
) -> None:
    await ada.writes()
    since = (await ada.talk()).waiting_since
    await ada.snoozes(Snooze.TIME, ada.now + HOUR)
    assert await ada.in_lane() == []
    assert len(await ada.in_lane(Filter.SNOOZED)) == 1
    assert await ada.wakes() == 0
    ada.now += HOUR
    assert await ada.wakes() == 1
    assert len(await ada.in_lane()) == 1
    assert (await ada.talk()).waiting_since == since


async def test_until_an_answer_waits_for_nothing_else(ada: Triage) -> None:
    await ada.writes()
    await ada.answers()
    await ada.snoozes(Snooze.ANSWER)
    ada.now += timedelta(days=300)
    assert await ada.wakes() == 0
    await ada.writes()
    assert len(await ada.in_lane()) == 1


async def test_a_snoozed_one_that_nobody_waits_in_is_a_reminder(ada: Triage) -> None:
    await ada.writes()
    await ada.answers()
    await ada.snoozes(Snooze.TIME, ada.now + HOUR)
    await ada.answers()
    ada.now += HOUR
    await ada.wakes()
    assert (await ada.talk()).waiting_since == ada.now
    assert len(await ada.in_lane()) == 1


async def test_two_hours_before_its_window_closes_it_is_to_do(ada: Triage) -> None:
    await ada.writes()
    wrote = ada.now.replace(microsecond=0)
    await ada.snoozes(Snooze.WINDOW)
    assert (await ada.talk()).snoozed_until == wrote + timedelta(hours=22)
    await ada.answers()
    assert (await ada.talk()).snooze is None


async def test_it_follows_the_check_in_wherever_the_stay_moves(ada: Triage) -> None:
    await ada.writes()
    with pytest.raises(SnoozeRefusedError) as refused:
        await ada.snoozes(Snooze.CHECK_IN)
    assert refused.value.problem is SnoozeProblem.NO_STAY
    arrives = ada.now.date() + timedelta(days=3)
    async with ada.database.transaction() as session:
        days = {"check_in": arrives, "check_out": arrives + timedelta(days=2)}
        await book(session, ada.world.account_id, ada.world.ada_id, ada.now, "HM1", **days)
    await ada.snoozes(Snooze.CHECK_IN)
    assert (await ada.talk()).snoozed_until == datetime(
        arrives.year, arrives.month, arrives.day, 14, tzinfo=UTC
    )
    async with ada.database.transaction() as session:
        sooner = update(Reservation).where(col(Reservation.account_id) == ada.world.account_id)
        await session.exec(sooner.values(check_in=ada.now.date() - timedelta(days=1)))
    async with ada.database.transaction() as session:
        assert len(await wake_snoozed.follow_stays(session, ada.now)) == 1
        assert await wake_snoozed.follow_stays(session, ada.now) == []
    assert await ada.wakes() == 1


async def test_who_has_it_answered_at_a_time_has_seen_to_it(ada: Triage) -> None:
    await ada.writes()
    async with ada.database.transaction() as session:
        await queue_later(
            session,
            account_id=ada.world.account_id,
            conversation_id=(await ada.talk()).id,
            text="Domani",
            author_id=ada.world.marta_id,
            origin=Origin.PM,
            client_ref=None,
            when=When(ada.now + HOUR),
            now=ada.now,
        )
    assert await ada.in_lane() == []


async def test_another_company_changes_nothing_of_it(ada: Triage) -> None:
    await ada.writes()
    async with ada.database.transaction() as session:
        stranger = await make_account(session, ada.now)
        ids = list(await session.exec(select(Conversation.id)))
        assert await triage.set_done(session, stranger, ids, ada.now) == []
        assert await triage.set_snoozed(session, stranger, ids, Snooze.ANSWER, ada.now) == []
    assert len(await ada.in_lane()) == 1


async def test_several_are_done_together_and_undone_together(ada: Triage) -> None:
    for number in range(4):
        await ada.writes(f"3934700000{number:02}")
    ids = [row.id for row in await ada.inbox.all(Conversation)]
    async with ada.database.transaction() as session:
        changed = await triage.set_done(session, ada.world.account_id, ids, ada.now)
    assert await ada.in_lane() == []
    async with ada.database.transaction() as session:
        await triage.undo(session, ada.world.account_id, changed, ada.world.marta_id)
    assert await ada.in_lane() == [str(id_) for id_ in ids]
