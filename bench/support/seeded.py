"""An account with many conversations, written set by set: what the benches of lists read."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Address, Conversation, LastInbound, Message
from inbox_app.models.base import Table
from tests.support.factories import World

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)

Rows = Mapping[type[Table], Iterable[dict[str, Any]]]


async def add_conversations(session: AsyncSession, world: World, count: int) -> None:
    """One a minute back from ``NOW``, every tenth archived, each with a message that came in."""
    rows: dict[type[Table], list[dict[str, Any]]] = {
        table: [] for table in (Address, Conversation, LastInbound, Message)
    }
    for number in range(1, count + 1):
        for table, row in _conversation(world, number):
            rows[table].append(row)
    await add_rows(session, rows)


async def add_rows(session: AsyncSession, rows: Rows) -> None:
    """Set by set; ``rows`` stand in an order that their references allow."""
    connection = await session.connection()
    for table, values in rows.items():
        await connection.execute(insert(table), list(values))


def _conversation(world: World, number: int) -> Iterable[tuple[type[Table], dict[str, Any]]]:
    at = NOW - timedelta(minutes=number)
    ids = {"id": number, "account_id": world.account_id}
    channel, made = {"channel": WHATSAPP}, {"created_at": at}
    archived = at if number % 10 == 0 else None
    yield Address, {**ids, **channel, **made, "value": f"3935{number:08}"}
    last = {"address_id": number, "last_message_id": number, "arrived_at": at}
    yield Conversation, {**ids, **channel, **made, **last, "archived_at": archived}
    here = {"connection_id": world.connection_id}
    yield LastInbound, {**ids, **here, "address_id": number, "last_inbound_at": at}
    said = {"direction": Direction.IN, "kind": MessageKind.TEXT, "text": f"Ciao {number}"}
    yield Message, {**ids, **here, **made, **said, "conversation_id": number, "sent_at": at}
