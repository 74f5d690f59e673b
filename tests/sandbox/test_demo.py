"""The demo account: small, lively, made once, and locked outside the sandbox."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.controls import decide
from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.channels.whatsapp.window import WINDOW
from inbox_app.database import Database
from inbox_app.domain import reply_window
from inbox_app.domain.messages import Amendment, DeliveryStatus, Direction, MessageKind
from inbox_app.domain.reply_window import WindowPhase
from inbox_app.domain.sending import Control, Reason
from inbox_app.models import Account, Address, Conversation, Draft, Message, Outbox, Session, User
from inbox_app.queries.accounts.signed_in import is_empty
from inbox_app.queries.inbox.send_facts import active_connection, load_facts
from inbox_app.sandbox.demo.demo import EMAIL, PASSWORD, lock_demo, open_demo
from inbox_app.sandbox.simulator.people import DEMO_NUMBER
from inbox_app.sandbox.simulator.phones import Phones
from inbox_app.vault import is_password
from tests.support.servers.simulated_meta import Clock, simulated_meta

pytestmark = pytest.mark.anyio
_NEEDS_A_SWITCH = {
    *(Reason.NO_WINDOW, Reason.NOT_CONNECTED, Reason.CREDENTIALS_REFUSED),
    Reason.ERASED,
}
"""Disconnecting, a fault of Meta's, erasing somebody."""
_NOT_FROM_A_PHONE = {
    *(MessageKind.TEMPLATE, MessageKind.SYSTEM, MessageKind.GIF),
    *(MessageKind.ERASED, MessageKind.NOTE),
}
"""A GIF comes as a film, and shows what it is when it is looked into; what was erased once came."""


async def opened(database: Database, folder: Path, now: datetime) -> Phones:
    meta = simulated_meta(Clock(now))
    running = meta.runtime(database, folder)
    await open_demo(running, meta.simulator.phones, now)
    await running.http.aclose()
    return meta.simulator.phones


@pytest.mark.postgresql("its statements")
async def test_it_shows_every_state_of_the_window_and_of_a_send(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    await opened(database, tmp_path, now)

    async with database.reading() as session:
        account_id = (await session.exec(select(Account.id))).one()
        ids = (await session.exec(select(Conversation.id))).all()
        facts = await load_facts(session, account_id, ids, now)
        statuses = set((await session.exec(select(Message.status))).all())
        is_stopped = col(Address.marketing_stopped_at).is_not(None)
        stopped = len((await session.exec(select(Address.id).where(is_stopped))).all())
        unread = (await session.exec(select(func.sum(Conversation.unread)))).one()
    phases = {reply_window.phase(one.last_inbound_at, now, WINDOW) for one in facts.values()}
    decisions = [decide(one) for one in facts.values()]
    controls = Counter(decision.control for decision in decisions)
    assert len(ids) == 21
    assert {decision.reason for decision in decisions} == set(Reason) - _NEEDS_A_SWITCH
    assert phases == set(WindowPhase) - {WindowPhase.NONE}
    assert {DeliveryStatus.READ, DeliveryStatus.FAILED, DeliveryStatus.UNKNOWN} < statuses
    assert controls[Control.COMPOSER] >= 8
    assert controls[Control.FIX_NUMBER] == 1
    assert stopped == 1
    assert 0 < unread < 20


async def test_nothing_of_its_past_is_sent_again(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    await opened(database, tmp_path, now)

    async with database.reading() as session:
        assert (await session.exec(select(Outbox))).all() == []


async def test_a_text_that_needed_a_template_first_is_kept_as_the_draft(
    sqlite: Database, now: datetime, tmp_path: Path
) -> None:
    await opened(sqlite, tmp_path, now)

    async with sqlite.reading() as session:
        refused = col(Message.error_code) == Code.REENGAGEMENT
        (message,) = (await session.exec(select(Message).where(refused))).all()
        (draft,) = (await session.exec(select(Draft))).all()
    assert (draft.conversation_id, draft.text) == (message.conversation_id, message.text)


@pytest.mark.postgresql("upserts")
async def test_a_second_start_changes_nothing(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    await opened(database, tmp_path, now)
    async with database.reading() as session:
        before = (await session.exec(select(func.count(col(Message.id))))).one()

    await opened(database, tmp_path, now)

    async with database.reading() as session:
        assert (await session.exec(select(func.count(col(Message.id))))).one() == before


async def test_the_phones_remember_what_was_said(
    sqlite: Database, now: datetime, tmp_path: Path
) -> None:
    phones = await opened(sqlite, tmp_path, now)

    chat = phones.chat(DEMO_NUMBER.phone_number_id, "393471234567")
    mine = "".join("m" if message.mine else "t" for message in chat.messages)
    assert mine == "mtmtmmmmmtmt"
    files = [message.file.kind for message in chat.messages if message.file]
    assert files == ["image", "sticker", "image", "image"]


async def test_each_kind_that_comes_and_goes_is_to_be_seen(
    sqlite: Database, now: datetime, tmp_path: Path
) -> None:
    await opened(sqlite, tmp_path, now)

    async with sqlite.reading() as session:
        found = await session.exec(
            select(Message.direction, Message.kind, Message.unsupported_type, Message.amends)
        )
        kinds = set(found)
    came = {kind for direction, kind, _, _ in kinds if direction is Direction.IN}
    went = {kind for direction, kind, _, _ in kinds if direction is Direction.OUT}
    notices = {told for _, _, told, _ in kinds if told}
    assert came >= set(MessageKind) - _NOT_FROM_A_PHONE
    assert went == {MessageKind.TEXT, MessageKind.TEMPLATE, MessageKind.IMAGE, MessageKind.DOCUMENT}
    assert notices >= {"poll_creation", "order", "reaction"}
    assert {amends for *_, amends in kinds if amends} == set(Amendment)


async def test_leaving_the_sandbox_locks_its_people_out_and_coming_back_lets_them_in(
    sqlite: Database, now: datetime, tmp_path: Path
) -> None:
    await opened(sqlite, tmp_path, now)
    async with sqlite.transaction() as session:
        user = (await session.exec(select(User).where(col(User.email) == EMAIL))).one()
        assert is_password(PASSWORD, user.password_hash)
        session.add(
            Session(
                account_id=user.account_id,
                user_id=user.id,
                token_hash="x",
                created_at=now,
                seen_at=now,
            )
        )

    await lock_demo(sqlite, now)
    async with sqlite.reading() as session:
        assert None not in (await session.exec(select(User.disabled_at))).all()
        assert (await session.exec(select(Session))).all() == []
        assert await active_connection(session, user.account_id, WHATSAPP) is None
        assert await is_empty(session)

    await opened(sqlite, tmp_path, now)
    async with sqlite.reading() as session:
        assert set((await session.exec(select(User.disabled_at))).all()) == {None}
        assert await active_connection(session, user.account_id, WHATSAPP) is not None
        assert not await is_empty(session)
