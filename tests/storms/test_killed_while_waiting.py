"""`kill -9` while texts wait in the outbox: what was taken back never leaves, the rest leaves once
(M10, M11, W7)."""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Origin
from inbox_app.domain.sending import Control, may_send_text
from inbox_app.jobs.outbox_worker import AT_ONCE
from inbox_app.models import Address, Conversation, Message, Outbox, OutboxState, User
from inbox_app.services.intake.store_webhook import RawEvent, store
from inbox_app.services.sending.send import queue_text
from inbox_app.services.sending.send_later import When, decision_then, queue_later
from inbox_app.services.sending.undo_send import undo
from tests.storms.counting_meta import CountingMeta, counting_meta
from tests.support.patience import PATIENCE
from tests.support.samples.webhook_bodies import says
from tests.support.servers.serving import free_port, serving

KILLS = 3
_HELD = timedelta(seconds=2)
_TURNS = 3
_OF_EACH = 2 * _TURNS
"""Texts to each person that are to leave."""


@pytest.fixture
def meta() -> Iterator[CountingMeta]:
    with counting_meta() as meta:
        yield meta


def test_what_waits_leaves_once_and_what_was_taken_back_never(
    tmp_path: Path, meta: CountingMeta
) -> None:
    port, settings = free_port(), {"SANDBOX": "1", "META_GRAPH_URL": meta.url}
    with serving(tmp_path, port, **settings) as served:
        served.stop()
    expected = asyncio.run(_write(tmp_path))
    assert {text.partition(" ")[0] for text in expected} == {"held", "later", "answered"}
    for kill in range(KILLS):
        with serving(tmp_path, port, **settings) as served:
            _until(lambda kill=kill: len(meta.texts) > kill * len(expected) // 6)
            served.kill()
    with serving(tmp_path, port, **settings) as served:
        _until(lambda: asyncio.run(_left(tmp_path)) == 0)
        served.stop()

    assert set(meta.texts) <= expected
    assert max(meta.texts.values()) == 1
    statuses = asyncio.run(_statuses(tmp_path, expected))
    assert set(statuses) == expected
    # What had been claimed when the server died is unknown, and never sent again blindly.
    never_left = expected - set(meta.texts)
    assert all(statuses[text] == DeliveryStatus.UNKNOWN for text in never_left)
    # A kill takes along what was claimed: one of each conversation, AT_ONCE at most.
    taken_along = KILLS * min(AT_ONCE, len(expected) // _OF_EACH)
    assert len(never_left) <= taken_along < len(expected)


async def _write(data_dir: Path) -> set[str]:
    """Texts that wait for their time, texts that are held, held ones that are taken back, and to
    whom nothing can be written now, texts that wait for their answer, which comes at once; the ones
    that are to leave."""
    database = Database(f"sqlite+aiosqlite:///{data_dir / 'inbox.db'}")
    now, leave, answers = real_now(), set[str](), list[RawEvent]()
    async with database.transaction() as session:
        author = (await session.exec(select(User).order_by(col(User.id)))).first()
        assert author is not None
        mine = (
            select(Conversation.id, Address.value)
            .join(Address, col(Address.id) == col(Conversation.address_id))
            .where(col(Conversation.account_id) == author.account_id)
        )
        for id_, person in (await session.exec(mine)).all():
            of = {"account_id": author.account_id, "conversation_id": id_}
            decision = await decision_then(session, **of, at=now, now=now)
            if may_send_text(decision):
                for turn in range(_TURNS):
                    leave |= await _write_to(session, of, author.id, f"{id_}, {turn}", now)
            elif decision.control is Control.SEND_TEMPLATE and (person or "").isdigit():
                leave |= await _wait_for_answer(session, of, author.id, f"{id_}", now)
                answer = says("Eccomi", f"wamid.answer.{id_}", now, wa_id=person)
                answers.append(RawEvent(answer, now))
    await store(database.append, WHATSAPP, answers)
    await database.close()
    return leave


async def _write_to(
    session: AsyncSession, of: dict[str, int], author_id: int, to: str, now: datetime
) -> set[str]:
    """One that is held, one that is taken back, one that waits; the two that are to leave."""
    for text in (f"held {to}", f"taken back {to}"):
        await queue_text(
            session,
            **of,
            author_id=author_id,
            origin=Origin.PM,
            now=now,
            text=text,
            client_ref=text,
            not_before=now + _HELD,
        )
    await queue_later(
        session,
        **of,
        text=f"later {to}",
        author_id=author_id,
        origin=Origin.PM,
        client_ref=f"later {to}",
        when=When(now - timedelta(minutes=1)),
        now=now - timedelta(minutes=2),
    )
    taken_back = f"taken back {to}"
    assert await undo(session, **of, author_id=author_id, client_ref=taken_back, now=now)
    return {f"held {to}", f"later {to}"}


async def _wait_for_answer(
    session: AsyncSession, of: dict[str, int], author_id: int, to: str, now: datetime
) -> set[str]:
    texts = [f"answered {to}, {number}" for number in range(_OF_EACH)]
    for text in texts:
        await queue_later(
            session,
            **of,
            text=text,
            author_id=author_id,
            origin=Origin.PM,
            client_ref=text,
            when=When(),
            now=now - timedelta(minutes=2),
        )
    return set(texts)


async def _statuses(data_dir: Path, texts: set[str]) -> dict[str | None, str | None]:
    """Of these texts; each stands in its conversation once."""
    database = Database(f"sqlite+aiosqlite:///{data_dir / 'inbox.db'}")
    async with database.reading() as session:
        query = select(Message.text, Message.status).where(col(Message.text).in_(texts))
        found = (await session.exec(query)).all()
    await database.close()
    assert len(found) == len(texts)
    return dict(found)


async def _left(data_dir: Path) -> int:
    database = Database(f"sqlite+aiosqlite:///{data_dir / 'inbox.db'}")
    async with database.reading() as session:
        query = select(Outbox.id).where(col(Outbox.state) != OutboxState.DONE)
        left = len((await session.exec(query)).all())
    await database.close()
    return left


def _until(holds: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + 4 * PATIENCE
    while not holds():
        assert time.monotonic() < give_up_at
        time.sleep(0.1)
