"""A channel that is nothing like WhatsApp comes in, is listed, answered, retried and settled
(X4)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from inbox_app.channels.registry import channel_of
from inbox_app.config import settings
from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Origin
from inbox_app.domain.sending import Control, Decision, Reason
from inbox_app.jobs import process_webhooks
from inbox_app.jobs.outbox_worker import OutboxWorker
from inbox_app.live import InProcess
from inbox_app.models import (
    Connection,
    ConnectionState,
    Conversation,
    EventState,
    InboundEvent,
    Message,
)
from inbox_app.queries.inbox.list import conversation_list
from inbox_app.queries.inbox.list.view import View
from inbox_app.queries.inbox.rows import ConversationRow
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.queries.thread.thread_header import head
from inbox_app.runtime import Runtime, open_storage
from inbox_app.services.intake import store_webhook
from inbox_app.services.intake.store_webhook import RawEvent
from inbox_app.services.sending.retry_send import retry
from inbox_app.services.sending.send import queue_text
from inbox_app.vault import Vault
from tests.second_channel.mail import (
    MAIL,
    MAILBOX_FULL,
    NO_SUCH_MAILBOX,
    WRONG_PASSWORD,
    bounce,
    letter,
    register_mail,
)
from tests.support.factories import World, add

OURS, ADA = "casa@limoni.it", "Ada@Example.com"
RELAY = "http://relay/send"


@dataclass
class Post:
    """A company that is reached by mail, and the relay that takes its answers."""

    database: Database
    world: World
    now: datetime
    runtime: Runtime
    answers: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    taken: list[httpx.Request] = field(default_factory=list[httpx.Request])

    def relay(self, request: httpx.Request) -> httpx.Response:
        self.taken.append(request)
        answer = self.answers.pop(0) if self.answers else {"id": f"sent-{len(self.taken)}"}
        return httpx.Response(200, json=answer)

    async def hear(self, *bodies: bytes) -> None:
        events = [RawEvent(body, self.now) for body in bodies]
        await store_webhook.store(self.database.append, MAIL, events)
        while await process_webhooks.drain_once(self.runtime):
            pass

    async def row(self) -> ConversationRow:
        view = View(self.world.account_id)
        async with self.database.reading() as session:
            (row,) = await conversation_list.page(session, view, self.now, limit=10)
        return row

    async def decision(self) -> Decision:
        async with self.database.reading() as session:
            (id_,) = (await session.exec(select(Conversation.id))).all()
            facts = await load_facts(session, self.world.account_id, [id_], self.now)
        return channel_of(facts[id_].channel).decide(facts[id_])

    async def answer(self, text: str) -> int:
        async with self.database.transaction() as session:
            (id_,) = (await session.exec(select(Conversation.id))).all()
            message = await queue_text(
                session,
                account_id=self.world.account_id,
                conversation_id=id_,
                text=text,
                author_id=self.world.marta_id,
                origin=Origin.PM,
                client_ref=None,
                now=self.now,
            )
        return message.id

    async def deliver(self, later: timedelta = timedelta()) -> None:
        at = self.now + later
        worker = OutboxWorker(self.runtime, now=lambda: at, real_now=lambda: at)
        await worker.pass_once()
        await worker.finish()

    async def message(self, id_: int) -> Message:
        async with self.database.reading() as session:
            return await session.get_one(Message, id_)


@pytest.fixture
async def post(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> AsyncIterator[Post]:
    register_mail()
    configured = settings.load(None, data_dir=tmp_path, sandbox="1", secret_key="k" * 40)
    vault = Vault("k" * 40)
    there: list[Post] = []
    http = httpx.AsyncClient(transport=httpx.MockTransport(lambda r: there[0].relay(r)))
    runtime = Runtime(configured, database, vault, InProcess(), http, open_storage(configured))
    there.append(Post(database, world, now, runtime))
    async with database.transaction() as session:
        await add(
            session,
            Connection(
                account_id=world.account_id,
                channel=MAIL,
                external_id=OURS,
                display_address=OURS,
                credentials_encrypted=vault.encrypt(RELAY),
                created_at=now,
            ),
        )
    yield there[0]
    await http.aclose()


async def test_a_letter_is_listed_and_may_be_answered_at_any_time(post: Post) -> None:
    await post.hear(letter(ADA, "Arriviamo alle 16", "l-1", OURS, post.now))

    row = await post.row()
    assert (row["channel_name"], row["name"], row["unread"]) == ("Mail", ADA, 1)
    assert (row["window"], row["closes_at"]) == ("none", 0)
    async with post.database.reading() as session:
        shown = await head(session, post.world.account_id, int(row["id"]))
    assert shown is not None
    assert (shown["channel_name"], shown["can_block"]) == ("Mail", False)
    post.now += timedelta(days=400)
    decision = await post.decision()
    assert (decision.control, decision.reason) == (Control.COMPOSER, Reason.NO_WINDOW)
    assert {kind.value for kind in decision.formats} == {"text", "document"}


async def test_a_letter_told_twice_or_to_nobody_of_ours_is_known_for_what_it_is(
    post: Post,
) -> None:
    once = letter(ADA, "Uno", "l-1", OURS, post.now)
    await post.hear(once, once, letter(ADA, "Due", "l-2", "other@limoni.it", post.now), b"no")
    async with post.database.reading() as session:
        query = select(InboundEvent.state).order_by(col(InboundEvent.id))
        states = (await session.exec(query)).all()
    assert states == [
        EventState.APPLIED, EventState.DUPLICATE, EventState.FAILED, EventState.FAILED,
    ]  # fmt: skip
    assert (await post.row())["unread"] == 1


async def test_upper_and_lower_case_are_one_person_and_the_last_spelling_is_answered(
    post: Post,
) -> None:
    await post.hear(letter(ADA, "Uno", "l-1", OURS, post.now))
    await post.hear(letter(ADA.lower(), "Due", "l-2", OURS, post.now))
    await post.answer("Eccoci")
    await post.deliver()
    assert ADA.lower() in post.taken[0].content.decode()


async def test_an_answer_leaves_after_a_busy_relay_and_is_settled_by_what_is_told(
    post: Post,
) -> None:
    await post.hear(letter(ADA, "Ciao", "l-1", OURS, post.now))
    id_ = await post.answer("A domani")
    post.answers = [{"code": 421}]
    await post.deliver()
    assert (await post.message(id_)).status is DeliveryStatus.QUEUED
    await post.deliver(timedelta(seconds=31))
    assert (await post.message(id_)).status is DeliveryStatus.SENT
    await post.hear(bounce("sent-2", OURS, "delivered"))
    assert (await post.message(id_)).status is DeliveryStatus.DELIVERED


@pytest.mark.parametrize("code", [MAILBOX_FULL, NO_SUCH_MAILBOX])
async def test_a_fault_of_its_own_is_told_and_riprova_sends_again(post: Post, code: int) -> None:
    await post.hear(letter(ADA, "Ciao", "l-1", OURS, post.now))
    id_ = await post.answer("A domani")
    post.answers = [{"code": code}]
    await post.deliver()
    failed = await post.message(id_)
    assert (failed.status, failed.error_code) == (DeliveryStatus.FAILED, code)
    assert failed.error_message == f"Mail says {code}."
    async with post.database.transaction() as session:
        await retry(session, post.world.account_id, id_, post.now)
    await post.deliver()
    again = await post.message(id_)
    assert (again.status, again.error_code, again.remedy) == (DeliveryStatus.SENT, None, None)


async def test_a_letter_that_bounces_later_has_failed(post: Post) -> None:
    await post.hear(letter(ADA, "Ciao", "l-1", OURS, post.now))
    id_ = await post.answer("A domani")
    await post.deliver()
    await post.hear(bounce("sent-1", OURS, "failed", NO_SUCH_MAILBOX))
    assert (await post.message(id_)).status is DeliveryStatus.FAILED


async def test_refused_credentials_hold_its_sends_and_leave_whatsapp_alone(post: Post) -> None:
    await post.hear(letter(ADA, "Ciao", "l-1", OURS, post.now))
    id_ = await post.answer("A domani")
    post.answers = [{"code": WRONG_PASSWORD}]
    await post.deliver()
    assert (await post.message(id_)).status is DeliveryStatus.WAITING
    async with post.database.transaction() as session:
        query = select(Connection).order_by(col(Connection.channel))
        mail, whatsapp = (await session.exec(query)).all()
        assert mail.state is ConnectionState.CREDENTIALS_REFUSED
        assert whatsapp.state is ConnectionState.ACTIVE
        mail.state = ConnectionState.ACTIVE
    await post.deliver()
    assert (await post.message(id_)).status is DeliveryStatus.SENT
