"""What happens to events that cannot be understood at the first try."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.database import Database
from inbox_app.jobs import process_webhooks
from inbox_app.models import ConnectionState, EventState, InboundEvent, Message
from inbox_app.services.intake import receive_one_by_one, store_webhook
from inbox_app.services.intake.event_queue import RETRY_AFTER
from inbox_app.services.intake.event_result import EventToApply
from inbox_app.services.intake.receive import Received, receive
from tests.support.factories import World, make_account, make_connection
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import change, post, says, text

pytestmark = pytest.mark.postgresql("rows are locked, and a part of a transaction undone")


@pytest.fixture
def inbox(database: Database, world: World) -> Inbox:
    return open_inbox(database)


class Fault:
    """Whatever says «guasto» cannot be applied, until it is mended."""

    mended = False

    async def receive(
        self, session: AsyncSession, heard: Sequence[EventToApply], now: datetime
    ) -> Received:
        understood = await receive(session, heard, now)
        said = [message.text for one in heard for message in one.event.messages]
        if "guasto" in said and not self.mended:
            raise ValueError("secret words: guasto")
        return understood


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> Fault:
    fault = Fault()
    monkeypatch.setattr(process_webhooks, "receive", fault.receive)
    monkeypatch.setattr(receive_one_by_one, "receive", fault.receive)
    return fault


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> "Wait":
    return Wait(monkeypatch)


class Wait:
    """Lets real time pass."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._now = clock.real_now()
        monkeypatch.setattr(clock, "real_now", lambda: self._now)

    def __call__(self, delay: timedelta) -> None:
        self._now += delay


async def test_one_bad_event_holds_nobody_up(
    inbox: Inbox, fault: Fault, wait: Wait, now: datetime
) -> None:
    bodies = [says(words, f"wamid.{words}", now) for words in ("Prima", "guasto", "Dopo")]
    await inbox.hear(*bodies, at=now)

    assert await inbox.texts() == ["Prima", "Dopo"]
    assert await inbox.states() == [
        EventState.APPLIED,
        EventState.RECEIVED,
        EventState.APPLIED,
    ]


async def test_the_good_messages_of_a_bad_event_stand(
    inbox: Inbox, fault: Fault, wait: Wait, now: datetime
) -> None:
    messages = [text(f"wamid.{words}", words, now) for words in ("Prima", "guasto", "Dopo")]
    await inbox.hear(post(change(messages=messages)), at=now)

    assert await inbox.texts() == ["Prima", "Dopo"]
    assert (await inbox.only(InboundEvent)).attempts == 1


async def test_what_time_heals_is_tried_again_and_applied_once(
    inbox: Inbox, fault: Fault, wait: Wait, now: datetime
) -> None:
    messages = [text(f"wamid.{words}", words, now) for words in ("Prima", "guasto")]
    await inbox.hear(post(change(messages=messages)), at=now)
    fault.mended = True
    await inbox.understand()
    assert len(await inbox.all(Message)) == 1, "it is not its time yet"

    wait(RETRY_AFTER[0])
    await inbox.understand()

    assert await inbox.texts() == ["Prima", "guasto"]
    event = await inbox.only(InboundEvent)
    assert (event.state, event.error) == (EventState.APPLIED, None)


async def test_what_time_does_not_heal_fails_and_can_be_replayed(
    inbox: Inbox, fault: Fault, wait: Wait, now: datetime
) -> None:
    await inbox.hear(says("guasto", "wamid.1", now), at=now)
    for delay in RETRY_AFTER:
        assert await inbox.states() == [EventState.RECEIVED]
        wait(delay)
        await inbox.understand()

    event = await inbox.only(InboundEvent)
    assert (event.state, event.attempts) == (EventState.FAILED, len(RETRY_AFTER) + 1)
    assert event.error == "ValueError"

    fault.mended = True
    async with inbox.database.transaction() as session:
        assert await store_webhook.requeue(session) == 1
    await inbox.understand()
    assert await inbox.states() == [EventState.APPLIED]


async def test_an_event_for_a_number_nobody_has_waits_until_somebody_connects_it(
    inbox: Inbox, now: datetime
) -> None:
    theirs = change(messages=[text("wamid.theirs", "Altrui", now)], phone_number_id="999")
    ours = change(messages=[text("wamid.ours", "Nostro", now)])
    await inbox.hear(post(theirs, ours), at=now)

    event = await inbox.only(InboundEvent)
    assert (event.state, event.unknown_endpoint) == (EventState.FAILED, "999")
    assert await inbox.texts() == ["Nostro"]
    us = (await inbox.only(Message)).account_id

    async with inbox.database.transaction() as session:
        other = await make_account(session, now)
        await make_connection(session, other, now, external_id="999")
        assert await store_webhook.requeue(session, "998") == 0
        assert await store_webhook.requeue(session, "999") == 1
    await inbox.understand()

    assert [message.account_id for message in await inbox.all(Message)] == [us, other]
    event = await inbox.only(InboundEvent)
    assert (event.state, event.unknown_endpoint) == (EventState.APPLIED, None)


async def test_an_event_that_missed_the_connecting_of_its_number_is_taken_up_later(
    inbox: Inbox, now: datetime
) -> None:
    for number in ("998", "999"):
        theirs = change(messages=[text(f"wamid.{number}", number, now)], phone_number_id=number)
        await inbox.hear(post(theirs), at=now)
    async with inbox.database.transaction() as session:
        other = await make_account(session, now)
        await make_connection(session, other, now, external_id="999")
        gone = {"external_id": "998", "state": ConnectionState.DISCONNECTED}
        await make_connection(session, other, now, **gone)

    async with inbox.database.transaction() as session:
        assert await store_webhook.requeue_connected(session) == 1
        assert await store_webhook.requeue_connected(session) == 0
    await inbox.understand()

    assert await inbox.texts() == ["999"]
    assert await inbox.states() == [EventState.FAILED, EventState.APPLIED]


async def test_while_the_database_is_in_trouble_events_wait_as_they_are(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.keep(says("Ciao", "wamid.1", now), says("A dopo", "wamid.2", now), at=now)
    await _rename(inbox.database, "connection", "elsewhere")
    try:
        async with inbox.database.engine.begin() as connection:
            await connection.execute(sql("ALTER TABLE inbound_event RENAME COLUMN error TO gone"))
        with pytest.raises(SQLAlchemyError):
            await process_webhooks.drain_once(inbox.runtime)
    finally:
        async with inbox.database.engine.begin() as connection:
            await connection.execute(sql("ALTER TABLE inbound_event RENAME COLUMN gone TO error"))
        await _rename(inbox.database, "elsewhere", "connection")
    assert {event.attempts for event in await inbox.all(InboundEvent)} == {0}

    await inbox.understand()
    assert await inbox.texts() == ["Ciao", "A dopo"]


async def _rename(database: Database, old: str, new: str) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(sql(f'ALTER TABLE "{old}" RENAME TO "{new}"'))


async def test_a_body_of_megabytes_goes_alone(inbox: Inbox, now: datetime) -> None:
    long = says("x" * 2_000_000, "wamid.2", now)
    await inbox.keep(says("Prima", "wamid.1", now), long, says("Dopo", "wamid.3", now), at=now)

    await process_webhooks.drain_once(inbox.runtime)
    assert len(await inbox.all(Message)) == 1
    await process_webhooks.drain_once(inbox.runtime)
    assert len(await inbox.all(Message)) == 2
