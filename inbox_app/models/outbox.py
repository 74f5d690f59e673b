"""What is to leave, written in the transaction that wrote the message."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index

from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    reference,
    text_enum,
)


class OutboxState(StrEnum):
    """A claimed row whose process died may have left: its message becomes unknown, and is never
    sent again blindly."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    HELD = "held"
    """Its connection's credentials are refused: it leaves once they are accepted again."""
    DONE = "done"


class Outbox(Table, table=True):
    """One message on its way. Its attempts and claims are at real times, not the sandbox's."""

    __table_args__ = (Index("outbox_queue", "state", "next_attempt_at", "id"),)

    id: int = key()
    account_id: int = account_reference()
    message_id: int = reference("message.id", index=False, unique=True)
    conversation_id: int = reference("conversation.id")
    """Messages of one conversation leave one after another, in order."""
    connection_id: int = reference("connection.id")
    state: OutboxState = text_enum(OutboxState, default=OutboxState.QUEUED)
    attempts: int = 0
    next_attempt_at: datetime | None = maybe_instant()
    """Empty: at once."""
    claimed_at: datetime | None = maybe_instant()
    claimed_by: str | None = None
    created_at: datetime = instant()
