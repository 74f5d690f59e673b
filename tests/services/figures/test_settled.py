"""What settles a wait, and whose day counts (X7)."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.figures.measures import NO_HOME, NOBODY, PHONE_APP, Measure, Scope
from inbox_app.models import Conversation, DailyFigure, OpenWait
from inbox_app.services.conversations.triage import set_done
from inbox_app.services.figures.follow_waits import settle_waits
from inbox_app.services.personal_data.erase_actor import erase_actor
from tests.services.figures.counted import DAY, HOUR, MINUTE, answer, totals
from tests.support.factories import OUR_NUMBER, World, make_account
from tests.support.figures import count_figures
from tests.support.intake import Inbox
from tests.support.samples.webhook_bodies import ADA, change, message, post, says

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements there")]


def echo(wamid: str, at: datetime) -> bytes:
    said = message(wamid, at, {"type": "text", "text": {"body": "Sì"}}, OUR_NUMBER[1:])
    return post(change(message_echoes=[said | {"to": ADA}]) | {"field": "smb_message_echoes"})


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


async def _erase(session: AsyncSession, world: World, now: datetime) -> None:
    await erase_actor(
        session,
        account_id=world.account_id,
        actor_id=world.ada_id,
        name="Persona cancellata",
        user_id=world.marta_id,
        now=now,
    )
