"""Who was not quick enough begins again; every other error is told at once."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError, RacedError
from inbox_app.models import Draft, Lease
from tests.support.factories import World

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("races are told by their errors")]


class Work:
    """Leaves a lease behind, and fails in each of its first ``races`` tries after doing so."""

    def __init__(self, now: datetime, races: int, error: type[BaseException] = RacedError) -> None:
        self.now, self.races, self.error, self.tries = now, races, error, 0

    async def __call__(self, session: AsyncSession) -> int:
        self.tries += 1
        session.add(Lease(name=f"try {self.tries}", holder="me", expires_at=self.now))
        await session.flush()
        if self.tries <= self.races:
            raise self.error
        return self.tries


async def names(database: Database) -> list[str]:
    async with database.reading() as session:
        return list(await session.exec(select(Lease.name).order_by(col(Lease.name))))


async def test_what_was_raced_is_done_once_more_and_leaves_nothing_of_the_first_try(
    database: Database, now: datetime
) -> None:
    assert await database.run_transaction(Work(now, races=1)) == 2
    assert await names(database) == ["try 2"]


async def test_whoever_is_always_too_late_is_told_so(database: Database, now: datetime) -> None:
    work = Work(now, races=100)
    with pytest.raises(RacedError):
        await database.run_transaction(work)
    assert work.tries == 3
    assert await names(database) == []


@pytest.mark.parametrize("error", [NotFoundError, ValueError, asyncio.CancelledError])
async def test_other_errors_are_not_repeated(
    database: Database, now: datetime, error: type[BaseException]
) -> None:
    work = Work(now, races=1, error=error)
    with pytest.raises(error):
        await database.run_transaction(work)
    assert work.tries == 1
    assert await names(database) == []


async def test_a_row_that_another_has_just_written_is_found_the_second_time(
    database: Database, now: datetime
) -> None:
    tries: list[int] = []

    async def work(session: AsyncSession) -> str:
        tries.append(1)
        found = (await session.exec(select(Lease))).first() if len(tries) > 1 else None
        if found is None:
            session.add(Lease(name="one", holder="me", expires_at=now))
            await session.flush()
        return found.holder if found else "me"

    async with database.transaction() as session:
        session.add(Lease(name="one", holder="another", expires_at=now))
    assert await database.run_transaction(work) == "another"
    assert len(tries) == 2


async def test_a_row_that_is_always_there_is_a_race_that_goes_on(
    database: Database, now: datetime
) -> None:
    tries: list[int] = []

    async def work(session: AsyncSession) -> None:
        tries.append(1)
        for _ in range(2):
            session.add(Lease(name="twice", holder="me", expires_at=now + timedelta(seconds=1)))
            await session.flush()
            session.expunge_all()

    with pytest.raises(RacedError) as raised:
        await database.run_transaction(work)
    assert isinstance(raised.value.__cause__, IntegrityError)
    assert len(tries) == 3


async def test_a_row_that_points_nowhere_is_no_race(
    database: Database, world: World, now: datetime
) -> None:
    tries: list[int] = []

    async def work(session: AsyncSession) -> None:
        tries.append(1)
        session.add(
            Draft(
                account_id=world.account_id,
                user_id=world.marta_id,
                conversation_id=987_654,
                text="to nobody",
                updated_at=now,
            )
        )

    with pytest.raises(IntegrityError):
        await database.run_transaction(work)
    assert len(tries) == 1


async def test_two_who_wait_for_each_other_both_come_through(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        session.add_all(Lease(name=name, holder="", expires_at=now) for name in ("a", "b"))
    tries: list[str] = []
    holding: set[str] = set()
    each_holds_one, one_is_through = asyncio.Event(), asyncio.Event()
    if database.is_sqlite:
        each_holds_one.set()  # one writes at a time

    async def taking(holder: str, *order: str) -> None:
        async def work(session: AsyncSession) -> None:
            if holder in tries:
                await one_is_through.wait()  # or it might be sent back once more
            tries.append(holder)
            for name in order:
                query = select(Lease).where(col(Lease.name) == name).with_for_update()
                (await session.exec(query)).one().holder += holder
                await session.flush()
                holding.add(holder)
                if len(holding) == 2:
                    each_holds_one.set()
                await each_holds_one.wait()

        await database.run_transaction(work)
        one_is_through.set()

    await asyncio.gather(taking("1", "a", "b"), taking("2", "b", "a"))
    async with database.reading() as session:
        holders = [sorted(one) for one in await session.exec(select(Lease.holder))]
    assert holders == [["1", "2"], ["1", "2"]]
    assert len(tries) == (2 if database.is_sqlite else 3)


async def test_a_database_that_is_away_is_not_asked_again() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/nowhere")
    tries: list[int] = []

    async def work(session: AsyncSession) -> None:
        tries.append(1)
        await session.exec(select(Lease))

    with pytest.raises(OperationalError):
        await database.run_transaction(work)
    assert len(tries) == 1
    await database.close()
