"""What is said is counted once, by the local day, whatever happens meanwhile (X7)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.figures.answer_times import bucket_of
from inbox_app.domain.figures.measures import NO_HOME, NOBODY, PHONE_APP, Measure, Scope
from inbox_app.domain.messages import Direction, MessageKind, Origin
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import (
    Accommodation,
    Conversation,
    DailyFigure,
    Message,
    OpenWait,
    Reservation,
    ReservationGuest,
)
from inbox_app.services.conversations.triage import set_done
from inbox_app.services.figures import count_new as counting
from inbox_app.services.figures.count_new import count_new
from inbox_app.services.figures.follow_waits import settle_waits
from inbox_app.services.figures.mark import LOOKS_AGAIN, is_time, look
from inbox_app.services.personal_data.erase_actor import erase_actor
from inbox_app.services.sending.send import queue_text
from tests.services.intake.test_receive_history import chunk, old, words
from tests.support.factories import OUR_NUMBER, World, add, make_account
from tests.support.figures import WEEKS, WEEKS_BY_THEIR_DAYS, count_figures
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import ADA, change, message, post, reacts, says

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements there")]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def inbox(database: Database, world: World) -> Inbox:
    return open_inbox(database)


async def totals(
    database: Database, scope: Scope = Scope.ALL, subject: int | None = None
) -> dict[Measure, int]:
    query = select(DailyFigure).where(col(DailyFigure.scope) == scope)
    found = dict[Measure, int]()
    async with database.reading() as session:
        for row in await session.exec(query):
            if subject in {None, row.subject_id}:
                found[row.measure] = found.get(row.measure, 0) + row.total
    return found


async def answer(database: Database, world: World, at: datetime, **more: Any) -> Message:
    usual: dict[str, Any] = {"author_id": world.marta_id, "origin": Origin.PM, "client_ref": None}
    async with database.transaction() as session:
        talk = (await session.exec(select(Conversation))).one()
        return await queue_text(
            session,
            account_id=world.account_id,
            conversation_id=talk.id,
            text="Sì",
            now=at,
            **usual | more,
        )


def echo(wamid: str, at: datetime) -> bytes:
    said = message(wamid, at, {"type": "text", "text": {"body": "Sì"}}, OUR_NUMBER[1:])
    return post(change(message_echoes=[said | {"to": ADA}]) | {"field": "smb_message_echoes"})


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


async def test_the_phone_app_answers_too(
    database: Database, world: World, inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Ciao?", "wamid.1", now), at=now)
    await inbox.hear(echo("wamid.2", now + MINUTE), at=now + MINUTE)
    await count_figures(database, now + HOUR)
    app = await totals(database, Scope.PERSON, PHONE_APP)
    assert app == {Measure.ANSWERED: 1, Measure.SENT: 1}


@pytest.mark.parametrize("assigned", [False, True])
async def test_a_window_that_closes_is_lost_once(
    database: Database, world: World, inbox: Inbox, now: datetime, assigned: bool
) -> None:
    await inbox.hear(says("Ciao?", "wamid.1", now), at=now)
    whose = world.marta_id if assigned else NOBODY
    if assigned:
        async with database.transaction() as session:
            await session.exec(update(Conversation).values(assigned_to=whose))
    await count_figures(database, now + DAY - MINUTE)
    assert Measure.LOST not in await totals(database)
    for hours in (25, 26):
        await count_figures(database, now + hours * HOUR)
    assert (await totals(database))[Measure.LOST] == 1
    assert await totals(database, Scope.PERSON, whose) == {Measure.LOST: 1}
    assert (await totals(database, Scope.HOME, NO_HOME))[Measure.LOST] == 1
    async with database.reading() as session:
        query = select(DailyFigure).where(col(DailyFigure.measure) == Measure.LOST)
        assert {each.day for each in await session.exec(query)} == {(now + DAY).date()}


async def test_done_settles_without_an_answer_and_what_comes_then_asks_anew(
    database: Database, world: World, inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Grazie!", "wamid.1", now), at=now)
    await count_figures(database, now)
    async with database.transaction() as session:
        talk = (await session.exec(select(Conversation))).one()
        await set_done(session, world.account_id, [talk.id], now)
    await count_figures(database, now + HOUR)
    settled = {Measure.RECEIVED: 1, Measure.ASKED: 1, Measure.SETTLED: 1}
    assert await totals(database) == settled
    await inbox.hear(says("E il parcheggio?", "wamid.2", now + HOUR), at=now + HOUR)
    await count_figures(database, now + 2 * HOUR)
    assert await totals(database) == settled | {Measure.RECEIVED: 2, Measure.ASKED: 2}


async def test_an_answer_that_is_not_counted_yet_is_not_taken_for_done(
    database: Database, world: World, inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Ciao?", "wamid.1", now), at=now)
    await count_figures(database, now)
    await answer(database, world, now + MINUTE)
    async with database.transaction() as session:
        await settle_waits(session)
    await count_figures(database, now + HOUR)
    assert (await totals(database))[Measure.ANSWERED] == 1
    assert Measure.SETTLED not in await totals(database)


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


async def test_the_day_is_the_accounts_own(
    database: Database, world: World, inbox: Inbox, now: datetime
) -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    await inbox.hear(says("Ciao?", "wamid.1", late), at=late)
    await count_figures(database, late)
    async with database.reading() as session:
        days = {each.day for each in await session.exec(select(DailyFigure))}
    assert days == {date(2026, 11, 23)}


async def test_erasing_a_person_leaves_the_sums_and_counts_what_was_not_counted(
    database: Database, world: World, inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Ciao?", "wamid.1", now), at=now)
    await count_figures(database, now)
    before = await totals(database)
    await answer(database, world, now + MINUTE)
    async with database.transaction() as session:
        await _erase(session, world, now + HOUR)
    await count_figures(database, now + HOUR)
    assert before == {Measure.RECEIVED: 1, Measure.ASKED: 1}
    assert await totals(database) == before | {Measure.SETTLED: 1}


async def test_another_company_has_sums_of_its_own(
    database: Database, world: World, inbox: Inbox, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
    await inbox.hear(says("Ciao?", "wamid.1", now), at=now)
    await count_figures(database, now)
    async with database.reading() as session:
        of = set(await session.exec(select(DailyFigure.account_id)))
        waits = set(await session.exec(select(OpenWait.account_id)))
    assert of == waits == {world.account_id}
    assert other not in of


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


async def _erase(session: AsyncSession, world: World, now: datetime) -> None:
    await erase_actor(
        session,
        account_id=world.account_id,
        actor_id=world.ada_id,
        name="Persona cancellata",
        user_id=world.marta_id,
        now=now,
    )
