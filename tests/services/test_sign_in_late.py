"""A sign-in that overlaps what ends all sessions (X1)."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlmodel import select

from inbox_app.database import Database
from inbox_app.models import Account, TwoFactor, User
from inbox_app.queries.accounts.signed_in import candidate_of
from inbox_app.services.accounts import sign_in
from tests.support.factories import World, add

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("it locks")]


@pytest.mark.parametrize("has_factor", [False, True])
async def test_a_factor_required_meanwhile_is_asked_of_who_has_none(
    database: Database, world: World, now: datetime, has_factor: bool
) -> None:
    async with database.transaction() as session:
        of = world.account_id, world.marta_id
        who = await candidate_of(session, *of, demo_allowed=True)
        assert who is not None
        (await session.get_one(Account, world.account_id)).requires_two_factor = True
        if has_factor:
            await add(session, _factor(world, now))
        if has_factor:
            await sign_in.start(session, who, "hash", "a browser", now)
        else:
            with pytest.raises(sign_in.NotAnyMoreError):
                await sign_in.start(session, who, "hash", "a browser", now)


async def test_who_signs_in_holds_no_person_while_waiting_for_the_account(
    database: Database, world: World, now: datetime
) -> None:
    """Whoever changes people locks the account, then the person: in another order each would wait
    for the other."""
    of = world.account_id, world.marta_id
    async with database.reading() as session:
        who = await candidate_of(session, *of, demo_allowed=True)
    assert who is not None

    async def come_in() -> None:
        async with database.transaction() as session:
            await sign_in.start(session, who, "hash", "a browser", now)

    async with database.transaction() as session:
        await session.exec(select(Account.id).where(Account.id == of[0]).with_for_update())
        coming = asyncio.create_task(come_in())
        await _until_it_waits(database, coming)
        mine = select(User.id).where(User.id == of[1]).with_for_update(nowait=True)
        assert (await session.exec(mine)).one() == world.marta_id
    await coming


async def _until_it_waits(database: Database, coming: asyncio.Task[None]) -> None:
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while not database.is_sqlite and not coming.done():
        async with database.reading() as session:
            if (await (await session.connection()).execute(waiting)).scalar_one():
                return


def _factor(world: World, now: datetime) -> TwoFactor:
    return TwoFactor(
        account_id=world.account_id,
        user_id=world.marta_id,
        secret="encrypted",
        begun_at=now,
        confirmed_at=now,
    )
