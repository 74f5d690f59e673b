"""What a channel sent, as it came: the raw event is on disk before the channel gets its 200."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field

from inbox_app.models.base import Table, instant, key, maybe_instant, text_enum


class EventState(StrEnum):
    """received = applied + duplicate + failed, once the queue is drained."""

    RECEIVED = "received"
    APPLIED = "applied"
    DUPLICATE = "duplicate"
    """All it told was known already."""
    FAILED = "failed"
    """Kept with its error until somebody mends the cause and replays it."""


class InboundEvent(Table, table=True):
    """One POST. It names no account: that is known only once it is understood."""

    __table_args__ = (Index("inbound_event_queue", "state", "next_attempt_at", "id"),)

    id: int = key()
    channel: str
    """The key of a ``channels.base.Channel``, which reads it."""
    body: bytes = Field(sa_type=LargeBinary)
    state: EventState = text_enum(EventState, default=EventState.RECEIVED)
    attempts: int = 0
    next_attempt_at: datetime | None = maybe_instant()
    """Real time, not the sandbox's. Empty: at once."""
    error: str | None = None
    """A short cause, without message texts or numbers."""
    unknown_endpoint: str | None = Field(default=None, index=True)
    """Nobody had this end of the channel; understood when somebody connects it."""
    received_at: datetime = instant()
    understood_at: datetime | None = maybe_instant(index=True)
