"""What is to leave, written in the transaction that wrote the message."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index

from inbox_app.domain.delivery.send_later import Condition
from inbox_app.domain.messages import Origin
from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    maybe_reference,
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
    WAITING = "waiting"
    """Its condition has not come: it is no message yet, and nobody waits behind it."""


class Outbox(Table, table=True):
    """One message on its way, or to be written when its condition comes (M10, W7). Its attempts
    and claims are at real times, not the sandbox's."""

    __table_args__ = (
        Index("outbox_queue", "state", "next_attempt_at", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int = key()
    account_id: int = account_reference()
    message_id: int | None = maybe_reference(
        "message.id", ondelete="CASCADE", index=False, unique=True
    )
    """None while it waits for its condition."""
    conversation_id: int = reference("conversation.id")
    """Messages of one conversation leave one after another, in order."""
    connection_id: int = reference("connection.id")
    state: OutboxState = text_enum(OutboxState, default=OutboxState.QUEUED)
    attempts: int = 0
    next_attempt_at: datetime | None = maybe_instant()
    """Empty: at once."""
    claimed_at: datetime | None = maybe_instant()
    claimed_by: str | None = None
    condition: Condition = text_enum(
        Condition,
        default=Condition.AT_ONCE,
        sa_column_kwargs={"server_default": Condition.AT_ONCE.value},
    )
    due_at: datetime | None = maybe_instant()
    """By the sandbox's clock too: when what waits for a time is to leave (M10)."""
    text: str | None = None
    author_id: int | None = maybe_reference("user.id", index=False)
    client_ref: str | None = None
    """What the message will have, while it waits."""
    fallback: str | None = None
    """What its channel sends in its place when no text may go out by then: the id of a template."""
    created_at: datetime = instant()

    @property
    def origin(self) -> Origin:
        """Of what waits: the API's is no person's."""
        return Origin.API if self.author_id is None else Origin.PM
