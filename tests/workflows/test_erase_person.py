"""A person's data is erased, and the shape of the thread stays (A6)."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, col, select

from inbox_app.channels.registry import channel_of
from inbox_app.database import Database
from inbox_app.domain.conversations.labels import LabelColour
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.sending import Control, Reason
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import (
    Actor,
    ActorLabel,
    AuditEntry,
    Conversation,
    Draft,
    InboundEvent,
    Media,
    MediaState,
    Message,
    WebhookEvent,
)
from inbox_app.models.connecting.inbound_event import EventState
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.queries.search.message_ids import message_ids
from inbox_app.runtime import Runtime
from inbox_app.services.labels.label_actors import put_label
from inbox_app.services.labels.write_label import make_label
from inbox_app.services.people.actor_phones import note
from inbox_app.services.people.merge_actors import merge_actors
from inbox_app.storage import MissingFileError
from inbox_app.workflows.erase_person import erase_person
from tests.queries.conversations import begin, open_window, say
from tests.support.factories import ADA_PHONE, World, add, make_account, make_actor
from tests.support.samples import webhook_bodies
from tests.support.servers.routes_app import running

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("each its own index and its own bytes")]

WA_ID = ADA_PHONE.removeprefix("+")
SECRETS = (WA_ID, "3471234567", "segretissimo", "Bianchi", "ada@example.com", "wamid.ada")


@pytest.fixture
async def runtime(database: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(database, tmp_path) as runtime:
        yield runtime


async def kept(runtime: Runtime, words: str) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        yield words.encode()

    return (await runtime.storage.put(chunks(), limit=1000)).sha256


async def raw_event(runtime: Runtime, now: datetime) -> None:
    """With a message of hers and one of somebody else's."""
    messages = [
        webhook_bodies.text("wamid.ada", "segretissimo", now, wa_id=WA_ID),
        webhook_bodies.text("wamid.other", "ciao", now, wa_id="393480001122"),
    ]
    body = webhook_bodies.post(webhook_bodies.change(messages=messages))
    async with runtime.database.transaction() as session:
        event = InboundEvent(
            channel="whatsapp", body=body, state=EventState.APPLIED, received_at=now
        )
        session.add(event)


async def a_talk_with_ada(runtime: Runtime, world: World, now: datetime) -> tuple[int, str, str]:
    """Its id, and the names of a file that is hers and one that is another's too."""
    own, shared = await kept(runtime, "hers"), await kept(runtime, "everybody's")
    async with runtime.database.transaction() as session:
        ada = (await session.exec(select(Actor).where(col(Actor.id) == world.ada_id))).one()
        ada.email, ada.notes = "ada@example.com", "segretissimo"
        session.add(ada)
        second = await make_actor(
            session, world.account_id, now, "A. Bianchi", ActorKind.GUEST, "+393331112222"
        )
        talk = await begin(session, world.account_id, now, WA_ID, actor_id=ada.id)
        await open_window(session, talk, now)
        asked = await say(
            session, talk, now, "segretissimo è il codice",
            connection_id=world.connection_id, provider_id="wamid.ada1",
        )  # fmt: skip
        await say(
            session, talk, now, "segretissimo", direction=Direction.OUT, kind=MessageKind.IMAGE,
            connection_id=world.connection_id, provider_id="wamid.ada2", reply_to="wamid.ada1",
            details={"contacts": [{"name": "Bianchi"}]},
        )  # fmt: skip
        other = await begin(session, world.account_id, now, "393480001122")
        answer = await say(session, other, now, "un saluto qualsiasi")
        twin = await say(session, talk, now, "")
        session.add(_file(world, asked, own, now, "segretissimo.pdf"))
        session.add(_file(world, twin, shared, now, "segretissimo.pdf"))
        session.add(_file(world, answer, shared, now, "listino.pdf"))
        session.add(
            Draft(
                account_id=world.account_id,
                user_id=world.marta_id,
                conversation_id=talk.id,
                text="segretissimo",
                updated_at=now,
            )
        )
        session.add(
            WebhookEvent(
                account_id=world.account_id,
                type=WebhookEventType.MESSAGE_RECEIVED,
                subject_id=asked.id,
                body='{"text": "segretissimo"}',
                told_at=now,
            )
        )
        label = await make_label(session, world.account_id, "Debitrice", LabelColour.RED, now)
        await put_label(session, world.account_id, label.id, ada.id)
        note(session, "actor.number_corrected", talk, world.marta_id, now, phone=ADA_PHONE)
        await session.flush()
        await merge_actors(
            session, account_id=world.account_id, kept_id=ada.id, gone_id=second.id,
            user_id=world.marta_id, now=now,
        )  # fmt: skip
        return talk.id, own, shared


def _file(world: World, message: Message, name: str, now: datetime, called: str) -> Media:
    return Media(
        account_id=world.account_id,
        message_id=message.id,
        filename=called,
        sha256=name,
        state=MediaState.READY,
        created_at=now,
    )


async def erase(runtime: Runtime, account_id: int, actor_id: int, now: datetime) -> None:
    await erase_person(
        runtime,
        account_id=account_id,
        actor_id=actor_id,
        name="Persona cancellata",
        user_id=None,
        now=now,
        real_now=datetime.now(UTC) + timedelta(hours=1),
    )


async def everything_said(database: Database) -> str:
    """All there is, in all tables."""
    async with database.reading() as session:
        core = await session.connection()
        rows: list[Any] = []
        for table in SQLModel.metadata.sorted_tables:
            rows += (await core.execute(table.select())).all()
    return repr(rows)


async def test_nothing_of_them_is_left_in_any_table_in_the_search_or_in_the_files(
    runtime: Runtime, world: World, now: datetime
) -> None:
    talk, own, shared = await a_talk_with_ada(runtime, world, now)
    await raw_event(runtime, now)
    before = await everything_said(runtime.database)
    assert [secret for secret in SECRETS if secret not in before] == []

    await erase(runtime, world.account_id, world.ada_id, now)
    after = await everything_said(runtime.database)
    assert [secret for secret in SECRETS if secret in after] == []
    async with runtime.database.reading() as session:
        (event,) = (await session.exec(select(InboundEvent))).all()
        assert WA_ID.encode() not in event.body
        (left,) = json.loads(event.body)["entry"][0]["changes"][0]["value"]["messages"]
        assert left["from"] == "393480001122"
        assert await message_ids(session, world.account_id, "segretissimo", limit=9) == []
        assert len(await message_ids(session, world.account_id, "saluto", limit=9)) == 1
        assert (await session.exec(select(ActorLabel))).all() == []
    with pytest.raises(MissingFileError):
        await runtime.storage.size(own)
    assert await runtime.storage.size(shared)
    assert talk


async def test_the_thread_keeps_its_shape_and_nothing_can_be_sent(
    runtime: Runtime, world: World, now: datetime
) -> None:
    talk, *_ = await a_talk_with_ada(runtime, world, now)
    async with runtime.database.reading() as session:
        query = select(Message.id, Message.direction, Message.sent_at, Message.status)
        shape = (await session.exec(query.order_by(col(Message.id)))).all()
    await erase(runtime, world.account_id, world.ada_id, now)
    async with runtime.database.reading() as session:
        assert (await session.exec(query.order_by(col(Message.id)))).all() == shape
        theirs = select(Message).where(col(Message.conversation_id) == talk)
        asked, answered, _ = (await session.exec(theirs.order_by(col(Message.id)))).all()
        facts = (await load_facts(session, world.account_id, [talk], now))[talk]
        row = (await session.exec(select(Conversation).where(col(Conversation.id) == talk))).one()
        ada = (await session.exec(select(Actor).where(col(Actor.id) == world.ada_id))).one()
        entries = (await session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))).all()
    assert {asked.kind, answered.kind} == {MessageKind.ERASED}
    assert answered.reply_to == asked.provider_id
    assert facts.erased
    decision = channel_of(facts.channel).decide(facts)
    assert (decision.control, decision.reason) == (Control.BLOCKED, Reason.ERASED)
    assert (row.actor_id, row.archived_at, row.waiting_since) == (ada.id, now, None)
    assert (ada.name, ada.archived_at) == ("Persona cancellata", now)
    assert entries[-1].what == "actor.erased"
    assert entries[-1].details == {"actor": ada.id, "messages": 3, "files": 2, "by": "api"}


async def test_who_writes_again_from_there_is_somebody_new(
    runtime: Runtime, world: World, now: datetime
) -> None:
    await a_talk_with_ada(runtime, world, now)
    await erase(runtime, world.account_id, world.ada_id, now)
    async with runtime.database.transaction() as session:
        again = await begin(session, world.account_id, now, WA_ID)
        assert again.actor_id is None
        assert await say(session, again, now, "rieccomi")


async def test_of_another_company_nobody_is_erased(
    runtime: Runtime, world: World, now: datetime
) -> None:
    async with runtime.database.transaction() as session:
        other = await make_account(session, now)
        theirs = await add(
            session,
            Actor(account_id=other, name="Ada Bianchi", kind=ActorKind.GUEST, created_at=now),
        )
    await a_talk_with_ada(runtime, world, now)
    before = await everything_said(runtime.database)
    with pytest.raises(NotFoundError):
        await erase(runtime, other, world.ada_id, now)
    with pytest.raises(NotFoundError):
        await erase(runtime, world.account_id, theirs.id, now)
    assert await everything_said(runtime.database) == before
