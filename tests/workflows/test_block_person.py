"""Blocking: Meta is asked first, and what she says against it is told (B3)."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from inbox_app.database import Database
from inbox_app.domain.actors import BlockProblem
from inbox_app.domain.errors import NotFoundError
from inbox_app.live import Change
from inbox_app.models import Address, AuditEntry, Connection, ConnectionState
from inbox_app.sandbox.simulator.people import DEMO_NUMBER
from inbox_app.workflows.block_person import BlockRefusedError, block, unblock
from tests.queries.story import begin
from tests.support.factories import World, make_account
from tests.support.outbox import ADA, Desk, a_desk

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> AsyncIterator[Desk]:
    async with a_desk(database, world, now, tmp_path) as desk:
        yield desk


async def do_block(desk: Desk, id_: int) -> None:
    world = desk.world
    await block(desk.runtime, world.account_id, world.marta_id, id_, desk.clock.now())


async def do_unblock(desk: Desk, id_: int) -> None:
    world = desk.world
    await unblock(desk.runtime, world.account_id, world.marta_id, id_, desk.clock.now())


async def blocked_at(desk: Desk) -> datetime | None:
    async with desk.database.reading() as session:
        return (await session.exec(select(Address.blocked_at))).one()


@pytest.mark.postgresql("its statements")
async def test_who_wrote_lately_is_blocked_at_meta_and_here_and_taken_back(desk: Desk) -> None:
    id_ = await desk.writes()
    chat = desk.meta.simulator.phones.chat(DEMO_NUMBER.phone_number_id, ADA)

    await do_block(desk, id_)
    assert chat.blocked
    assert await blocked_at(desk) == desk.clock.now()
    await desk.meta.simulator.write(
        DEMO_NUMBER, ADA, {"type": "text", "text": {"body": "Mi sentite?"}}
    )
    assert desk.meta.posted == []

    await do_unblock(desk, id_)
    assert not chat.blocked
    assert await blocked_at(desk) is None
    async with desk.database.reading() as session:
        entries = (await session.exec(select(AuditEntry.what).order_by("id"))).all()
    assert entries == ["person.blocked", "person.unblocked"]
    assert desk.changes == [Change(desk.world.account_id)] * 2


async def test_who_has_not_written_for_a_day_cannot_be_blocked(desk: Desk) -> None:
    id_ = await desk.writes()
    desk.clock.move(timedelta(hours=24))

    with pytest.raises(BlockRefusedError) as refused:
        await do_block(desk, id_)

    assert refused.value.problem is BlockProblem.NOT_RECENT
    assert "24 hours" in refused.value.words
    assert await blocked_at(desk) is None
    assert desk.changes == []


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (139101, BlockProblem.LIST_FULL),
        (139102, BlockProblem.UNREACHABLE),
        (139103, BlockProblem.UNREACHABLE),
        (190, BlockProblem.CREDENTIALS),
        (100, BlockProblem.REFUSED),
    ],
)
async def test_what_meta_says_against_it_is_told_for_what_it_is(
    desk: Desk, code: int, problem: BlockProblem
) -> None:
    id_ = await desk.writes()
    desk.meta.simulator.faults.set({"graph": [f"{code}"]})

    with pytest.raises(BlockRefusedError) as refused:
        await do_block(desk, id_)

    assert refused.value.problem is problem
    assert refused.value.words
    assert await blocked_at(desk) is None


async def test_without_a_line_to_meta_nothing_changes(desk: Desk) -> None:
    id_ = await desk.writes()
    async with desk.database.transaction() as session:
        (await session.exec(select(Connection))).one().state = ConnectionState.DISCONNECTED

    with pytest.raises(BlockRefusedError) as refused:
        await do_block(desk, id_)

    assert refused.value.problem is BlockProblem.NOT_CONNECTED
    assert await blocked_at(desk) is None


async def test_when_meta_does_not_answer_nothing_changes(desk: Desk) -> None:
    id_ = await desk.writes()
    desk.meta.simulator.faults.sends.append("no_connection")

    with pytest.raises(BlockRefusedError) as refused:
        await do_block(desk, id_)

    assert refused.value.problem is BlockProblem.UNREACHABLE
    assert await blocked_at(desk) is None


async def test_nobody_blocks_for_another_company_nor_whom_there_is_no_address_of(
    desk: Desk,
) -> None:
    async with desk.database.transaction() as session:
        other = await make_account(session, desk.clock.now())
        theirs = await begin(session, other, desk.clock.now(), "393331112233")
        waiting = await begin(
            session, desk.world.account_id, desk.clock.now(), None, actor_id=desk.world.ada_id
        )
    for id_ in (theirs.id, waiting.id, 10**15):
        with pytest.raises(NotFoundError):
            await do_block(desk, id_)
    assert desk.meta.wire.calls == []
