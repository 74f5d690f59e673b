"""What is said is counted once, whatever happens meanwhile (X7)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.figures.answer_times import bucket_of
from inbox_app.domain.figures.measures import Measure, Scope
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import (
    Accommodation,
    Conversation,
    DailyFigure,
    Message,
    Reservation,
    ReservationGuest,
)
from inbox_app.services.figures import count_new as counting
from inbox_app.services.figures.count_new import count_new
from inbox_app.services.figures.mark import LOOKS_AGAIN, is_time, look
from tests.services.figures.counted import DAY, HOUR, MINUTE, answer, totals
from tests.services.intake.test_receive_history import chunk, old, words
from tests.support.factories import World, add
from tests.support.figures import WEEKS, WEEKS_BY_THEIR_DAYS, count_figures
from tests.support.intake import Inbox
from tests.support.samples.webhook_bodies import reacts, says

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements there")]


async def test_an_answer_is_counted_with_its_time_its_person_and_its_home(
    database: Database, world: World, inbox: Inbox, now: datetime
) -> None:
    home = await _stay(database, world, now.date())
    await inbox.hear(says("Ciao?", "wamid.1", now), at=now)
    await inbox.hear(reacts("wamid.1", "wamid.r", now + MINUTE), at=now + MINUTE)
    await answer(database, world, now + 12 * MINUTE)
    await count_figures(database, now + HOUR)
    asked = {Measure.ASKED: 1, Measure.ANSWERED: 1}
    spoken = {Measure.RECEIVED: 1, Measure.SENT: 1}
    assert await totals(database) == asked | spoken
    assert await totals(database, Scope.HOME, home) == asked
    marta = await totals(database, Scope.PERSON, world.marta_id)
    assert marta == {Measure.ANSWERED: 1, Measure.SENT: 1}
    async with database.reading() as session:
        query = select(DailyFigure).where(
            col(DailyFigure.measure) == Measure.ANSWERED, col(DailyFigure.scope) == Scope.ALL
        )
        row = (await session.exec(query)).one()
    assert (row.day, row.week, row.bucket) == (now.date(), now.date(), bucket_of(720))


async def test_nothing_is_counted_twice_nor_before_it_was_seen(
    database: Database, world: World, inbox: Inbox, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "AT_ONCE", 2)
    for number in range(5):
        at = now + number * MINUTE
        await inbox.hear(says("Ciao?", f"wamid.{number}", at), at=at)
    async with database.transaction() as session:
        assert await count_new(session, now) == 0
    for _ in range(3):
        await count_figures(database, now + HOUR)
    assert await totals(database) == {Measure.RECEIVED: 5, Measure.ASKED: 1}


async def test_what_is_cut_off_is_counted_when_one_begins_again(
    database: Database, world: World, inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Ciao?", "wamid.1", now), at=now)
    async with database.transaction() as session:
        await look(session, now, now)
    with pytest.raises(RuntimeError):
        await _cut_off(database, now)
    assert await totals(database) == {}
    await count_figures(database, now)
    assert await totals(database) == {Measure.RECEIVED: 1, Measure.ASKED: 1}


async def _cut_off(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        assert await count_new(session, now) == 1
        raise RuntimeError


async def test_who_writes_for_long_is_waited_for(
    database: Database, world: World, inbox: Inbox, now: datetime
) -> None:
    """Their message has a lower id than one that was seen, and comes to light after it."""
    if database.is_sqlite:
        pytest.skip("one writes at a time")
    await inbox.hear(says("Ciao?", "wamid.1", now), at=now)
    async with database.transaction() as slow:
        talk = (await slow.exec(select(Conversation))).one()
        await _write(slow, talk, now)
        async with database.transaction() as session:
            await _write(session, talk, now)
        async with database.transaction() as session:
            await look(session, now, now)
        async with database.transaction() as session:
            assert await count_new(session, now) == 0
    await count_figures(database, now)
    assert (await totals(database))[Measure.RECEIVED] == 3


async def _write(session: AsyncSession, talk: Conversation, now: datetime) -> None:
    said: dict[str, Any] = {"direction": Direction.IN, "kind": MessageKind.TEXT, "text": "Ciao"}
    ids = {"account_id": talk.account_id, "conversation_id": talk.id}
    await add(session, Message(**ids, **said, sent_at=now, created_at=now))


async def test_one_looks_again_when_nothing_can_be_taken_back(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        assert await is_time(session, now)
        await look(session, now, now)
        assert not await is_time(session, now + LOOKS_AGAIN / 2)
        assert await is_time(session, now + LOOKS_AGAIN)


async def test_history_that_comes_late_answers_nothing(
    database: Database, world: World, inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Ciao?", "wamid.1", now), at=now)
    ours = old("wamid.2", now + MINUTE, words("Sì"), by_us=True)
    theirs = old("wamid.3", now - DAY, words("Buongiorno"))
    await inbox.hear(chunk(ours, theirs), at=now + HOUR)
    await count_figures(database, now + HOUR)
    assert await totals(database) == {Measure.RECEIVED: 1, Measure.ASKED: 1}


async def test_the_sums_of_weeks_are_those_of_their_days(
    database: Database, world: World, inbox: Inbox, now: datetime
) -> None:
    await _stay(database, world, now.date())
    for number, day in enumerate((0, 1, 2, 7, 8, 21)):
        at = now + day * DAY
        await inbox.hear(says("Ciao?", f"wamid.{number}", at), at=at)
        if day != 1:
            await answer(database, world, at + 5 * MINUTE)
        await count_figures(database, at + 26 * HOUR)
    async with database.reading() as session:
        core = await session.connection()
        expected = {tuple(row) for row in await core.execute(WEEKS_BY_THEIR_DAYS)}
        weeks = {tuple(row) for row in await core.execute(WEEKS)}
    assert weeks == expected
    assert len({week for _, _, week, *_ in weeks}) == 3


async def _stay(database: Database, world: World, day: date) -> int:
    made = datetime(2026, 11, 1, tzinfo=UTC)
    of: dict[str, Any] = {"account_id": world.account_id, "created_at": made}
    async with database.transaction() as session:
        home = await add(session, Accommodation(**of, name="Casa Blu", timezone="Europe/Rome"))
        for code, days, status in (
            ("OLD", -30, ReservationStatus.COMPLETED),
            ("NOW", -1, ReservationStatus.CONFIRMED),
        ):
            there = (
                home
                if code == "NOW"
                else await add(session, Accommodation(**of, name="Altra", timezone="Europe/Rome"))
            )
            stay = await add(
                session,
                Reservation(
                    **of,
                    code=code,
                    accommodation_id=there.id,
                    check_in=day + timedelta(days=days),
                    check_out=day + timedelta(days=days + 5),
                    status=status,
                ),
            )
            await add(
                session,
                ReservationGuest(
                    account_id=world.account_id, reservation_id=stay.id, actor_id=world.ada_id
                ),
            )
        return home.id
