"""Blocking: Meta is asked first, and what she says against it is told (B3)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.people.actors import BlockProblem
from inbox_app.live import Change
from inbox_app.models import Address, AuditEntry, Connection, ConnectionState
from inbox_app.sandbox.simulator.people import DEMO_NUMBER
from inbox_app.workflows.block_person import BlockRefusedError, block, unblock
from tests.queries.conversations import begin
from tests.support.factories import make_account
from tests.support.outbox import ADA, SendHarness

pytestmark = pytest.mark.anyio


async def do_block(harness: SendHarness, id_: int) -> None:
    world = harness.world
    await block(harness.runtime, world.account_id, world.marta_id, id_, harness.clock.now())


async def do_unblock(harness: SendHarness, id_: int) -> None:
    world = harness.world
    await unblock(harness.runtime, world.account_id, world.marta_id, id_, harness.clock.now())


async def blocked_at(harness: SendHarness) -> datetime | None:
    async with harness.database.reading() as session:
        return (await session.exec(select(Address.blocked_at))).one()


@pytest.mark.postgresql("its statements")
async def test_who_wrote_lately_is_blocked_at_meta_and_here_and_taken_back(
    harness: SendHarness,
) -> None:
    id_ = await harness.writes()
    chat = harness.meta.simulator.phones.chat(DEMO_NUMBER.phone_number_id, ADA)

    await do_block(harness, id_)
    assert chat.blocked
    assert await blocked_at(harness) == harness.clock.now()
    await harness.meta.simulator.write(
        DEMO_NUMBER, ADA, {"type": "text", "text": {"body": "Mi sentite?"}}
    )
    assert harness.meta.posted == []

    await do_unblock(harness, id_)
    assert not chat.blocked
    assert await blocked_at(harness) is None
    async with harness.database.reading() as session:
        entries = (await session.exec(select(AuditEntry.what).order_by("id"))).all()
    assert entries == ["person.blocked", "person.unblocked"]
    assert harness.changes == [Change(harness.world.account_id)] * 2


async def test_who_has_not_written_for_a_day_cannot_be_blocked(harness: SendHarness) -> None:
    id_ = await harness.writes()
    harness.clock.move(timedelta(hours=24))

    with pytest.raises(BlockRefusedError) as refused:
        await do_block(harness, id_)

    assert refused.value.problem is BlockProblem.NOT_RECENT
    assert "24 hours" in refused.value.words
    assert await blocked_at(harness) is None
    assert harness.changes == []


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
    harness: SendHarness, code: int, problem: BlockProblem
) -> None:
    id_ = await harness.writes()
    harness.meta.simulator.faults.set({"graph": [f"{code}"]})

    with pytest.raises(BlockRefusedError) as refused:
        await do_block(harness, id_)

    assert refused.value.problem is problem
    assert refused.value.words
    assert await blocked_at(harness) is None


async def test_without_a_line_to_meta_nothing_changes(harness: SendHarness) -> None:
    id_ = await harness.writes()
    async with harness.database.transaction() as session:
        (await session.exec(select(Connection))).one().state = ConnectionState.DISCONNECTED

    with pytest.raises(BlockRefusedError) as refused:
        await do_block(harness, id_)

    assert refused.value.problem is BlockProblem.NOT_CONNECTED
    assert await blocked_at(harness) is None


async def test_when_meta_does_not_answer_nothing_changes(harness: SendHarness) -> None:
    id_ = await harness.writes()
    harness.meta.simulator.faults.sends.append("no_connection")

    with pytest.raises(BlockRefusedError) as refused:
        await do_block(harness, id_)

    assert refused.value.problem is BlockProblem.UNREACHABLE
    assert await blocked_at(harness) is None


async def test_nobody_blocks_for_another_company_nor_whom_there_is_no_address_of(
    harness: SendHarness,
) -> None:
    async with harness.database.transaction() as session:
        other = await make_account(session, harness.clock.now())
        theirs = await begin(session, other, harness.clock.now(), "393331112233")
        waiting = await begin(
            session,
            harness.world.account_id,
            harness.clock.now(),
            None,
            actor_id=harness.world.ada_id,
        )
    for id_ in (theirs.id, waiting.id, 10**15):
        with pytest.raises(NotFoundError):
            await do_block(harness, id_)
    assert harness.meta.wire.calls == []
