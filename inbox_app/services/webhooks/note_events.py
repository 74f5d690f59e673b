"""Noting what other systems are to be told, in the transaction that did it (A3).

Rows that change through the ORM note it by themselves (``models.webhook_notes``).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import WebhookEndpoint, WebhookEvent
from inbox_app.services.bulk import insert_new


class Note(NamedTuple):
    """What happened to what, by its id."""

    account_id: int
    type: WebhookEventType
    subject_id: int
    once: str | None = None
    """Under this name it is told once only."""


async def note_events(connection: AsyncConnection, notes: Sequence[Note]) -> None:
    """Costs an account that nobody listens to one look at an index."""
    listening = await _listening(connection, {note.account_id for note in notes})
    rows = [note._asdict() for note in notes if note.account_id in listening]
    await insert_new(connection, WebhookEvent, rows, col(WebhookEvent.id))


async def note_of(
    connection: AsyncConnection, type_: WebhookEventType, account_id: int, ids: Iterable[int]
) -> None:
    """The same of several things of one account."""
    await note_events(connection, [Note(account_id, type_, id_) for id_ in sorted(set(ids))])


async def _listening(connection: AsyncConnection, account_ids: set[int]) -> set[int]:
    if not account_ids:
        return set()
    query = select(col(WebhookEndpoint.account_id)).where(
        col(WebhookEndpoint.account_id).in_(account_ids),
        col(WebhookEndpoint.switched_off_at).is_(None),
    )
    return set((await connection.execute(query)).scalars())
