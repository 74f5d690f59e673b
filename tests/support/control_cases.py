"""A conversation, and everything that may stand in the way of a send in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.error_codes import remedy_of
from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind, Origin
from inbox_app.domain.sending import Facts, Reason
from inbox_app.models import (
    Actor,
    ActorPhone,
    Address,
    Connection,
    ConnectionState,
    Conversation,
    LastInbound,
    Message,
)
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.services.sending.send import queue_text
from inbox_app.services.templates.send_template import queue_template
from tests.support.factories import World, make_connection

HOUR = timedelta(hours=1)


@dataclass
class ConversationHarness:
    """The world with one conversation in it, whose window is open."""

    database: Database
    world: World
    now: datetime
    conversation_id: int

    async def queue(self, text: str = "Buongiorno", **changes: Any) -> Message:
        async with self.database.transaction() as session:
            return await queue_text(session, text=text, **(self._arguments() | changes))

    async def queue_template(self, template_id: int, **changes: Any) -> Message:
        arguments = self._arguments() | changes
        async with self.database.transaction() as session:
            return await queue_template(session, template_id=template_id, **arguments)

    async def count(self) -> int:
        async with self.database.reading() as session:
            return len((await session.exec(select(Message.id))).all())

    async def facts(self, at: datetime | None = None) -> Facts:
        async with self.database.reading() as session:
            ids = [self.conversation_id]
            found = await load_facts(session, self.world.account_id, ids, at or self.now)
        return found[self.conversation_id]

    def _arguments(self) -> dict[str, Any]:
        return {
            "account_id": self.world.account_id,
            "conversation_id": self.conversation_id,
            "author_id": self.world.marta_id,
            "origin": Origin.PM,
            "client_ref": None,
            "now": self.now,
        }


async def disconnect(session: AsyncSession, harness: ConversationHarness) -> None:
    connection = await session.get_one(Connection, harness.world.connection_id)
    connection.state = ConnectionState.DISCONNECTED


async def refuse_credentials(session: AsyncSession, harness: ConversationHarness) -> None:
    connection = await session.get_one(Connection, harness.world.connection_id)
    connection.state = ConnectionState.CREDENTIALS_REFUSED


async def block(session: AsyncSession, harness: ConversationHarness) -> None:
    (await session.exec(select(Address))).one().blocked_at = harness.now


async def never_wrote(session: AsyncSession, harness: ConversationHarness) -> None:
    await session.delete((await session.exec(select(LastInbound))).one())


async def close(session: AsyncSession, harness: ConversationHarness) -> None:
    window = (await session.exec(select(LastInbound))).one()
    window.last_inbound_at = harness.now - 25 * HOUR


async def another_number(session: AsyncSession, harness: ConversationHarness) -> None:
    """After a change of number every window is new (W4)."""
    connection = await session.get_one(Connection, harness.world.connection_id)
    connection.state = ConnectionState.DISCONNECTED
    await session.flush()
    await make_connection(session, harness.world.account_id, harness.now, external_id="2")


async def without_address(session: AsyncSession, harness: ConversationHarness) -> None:
    conversation = await session.get_one(Conversation, harness.conversation_id)
    conversation.address_id, conversation.actor_id = None, harness.world.ada_id


async def without_phone(session: AsyncSession, harness: ConversationHarness) -> None:
    await without_address(session, harness)
    for phone in (await session.exec(select(ActorPhone))).all():
        await session.delete(phone)


async def without_prefix(session: AsyncSession, harness: ConversationHarness) -> None:
    await without_address(session, harness)
    (await session.get_one(Actor, harness.world.ada_id)).country = "IT"
    ada = col(ActorPhone.actor_id) == harness.world.ada_id
    phone = (await session.exec(select(ActorPhone).where(ada))).one()
    phone.raw, phone.e164 = "3471234567", None


async def group(session: AsyncSession, harness: ConversationHarness) -> None:
    conversation = await session.get_one(Conversation, harness.conversation_id)
    conversation.address_id, conversation.group_id = None, "120363@g.us"


def sent(kind: MessageKind, status: DeliveryStatus, code: int | None, ago: timedelta) -> Any:
    async def arrange(session: AsyncSession, harness: ConversationHarness) -> None:
        session.add(a_message(harness, kind, status, code, harness.now - ago))

    return arrange


def a_message(
    harness: ConversationHarness,
    kind: MessageKind,
    status: DeliveryStatus,
    code: int | None,
    at: datetime,
    **columns: Any,
) -> Message:
    values: dict[str, Any] = {
        "account_id": harness.world.account_id,
        "conversation_id": harness.conversation_id,
        "connection_id": harness.world.connection_id,
        "direction": Direction.OUT,
        "kind": kind,
        "status": status,
        "error_code": code,
        "remedy": code and remedy_of(code),
        "queued_at": at,
        "sent_at": at,
        "created_at": at,
    }
    return Message(**(values | columns))


TEXT, FAILED = MessageKind.TEXT, DeliveryStatus.FAILED
SINCE, BEFORE = HOUR / 2, 2 * HOUR

CASES = [
    (disconnect, Reason.NOT_CONNECTED),
    (refuse_credentials, Reason.CREDENTIALS_REFUSED),
    (block, Reason.BLOCKED_BY_US),
    (group, Reason.GROUP),
    (without_phone, Reason.NO_PHONE),
    (without_prefix, Reason.PHONE_UNUSABLE),
    (without_address, Reason.NEVER_WROTE),
    (never_wrote, Reason.NEVER_WROTE),
    (another_number, Reason.NEVER_WROTE),
    (close, Reason.WINDOW_EXPIRED),
    (sent(TEXT, FAILED, 131026, SINCE), Reason.UNDELIVERABLE),
    (sent(TEXT, FAILED, 131026, BEFORE), Reason.WINDOW_OPEN),
    (sent(TEXT, FAILED, 131047, SINCE), Reason.REENGAGEMENT_NEEDED),
    (sent(TEXT, FAILED, 131047, BEFORE), Reason.WINDOW_OPEN),
    (sent(MessageKind.TEMPLATE, DeliveryStatus.SENT, None, SINCE), Reason.WINDOW_OPEN),
    (lambda *_: None, Reason.WINDOW_OPEN),
]
