"""What was said: messages, and delivery statuses that came before their message."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, false
from sqlmodel import Field

from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.messages import Amendment, DeliveryStatus, Direction, MessageKind, Origin
from inbox_app.models.base import (
    BigId,
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    maybe_reference,
    reference,
    text_enum,
)
from inbox_app.models.indexes import partial_index

_JSON: Any = JSON(none_as_null=True)


class Message(Table, table=True):
    """One item of a conversation. A thread is ordered by ``sent_at``, then ``id``; the id of one
    that was taken back never comes again."""

    __table_args__ = (
        UniqueConstraint("connection_id", "provider_id"),
        UniqueConstraint("account_id", "client_ref"),
        Index("message_thread", "conversation_id", "sent_at", "id"),
        Index("message_arrivals", "conversation_id", "direction", "id"),
        partial_index("message_left", "queued_at IS NOT NULL", "conversation_id", "queued_at"),
        partial_index("message_amends", "amends IS NOT NULL", "conversation_id", "concerns"),
        partial_index("message_waited", "waited_as IS NOT NULL", "waited_as", unique=True),
        partial_index(
            "message_costs",
            "billed IS NOT NULL OR error_code IS NOT NULL",
            "connection_id",
            "queued_at",
            "error_code",
            "billed",
            "charge_category",
            "charge_type",
        ),
        partial_index("message_kept", "kind <> 'erased'", "account_id", "sent_at"),
        {"sqlite_autoincrement": True},
    )

    id: int = key()
    account_id: int = account_reference()
    conversation_id: int = reference("conversation.id", index=False)
    connection_id: int | None = maybe_reference("connection.id", index=False)
    provider_id: str | None = None
    """The channel's; empty until it has answered a send."""
    direction: Direction = text_enum(Direction)
    kind: MessageKind = text_enum(MessageKind)
    unsupported_type: str | None = None
    """The raw type of what is shown as a notice: reaction, order, poll_creation, …"""
    text: str | None = None
    details: dict[str, Any] | None = Field(default=None, sa_type=_JSON)
    """What the kind carries beside text: ``location``, ``contacts``, ``system``."""
    reply_to: str | None = None
    """The provider id that this one answers; it may be unknown to us."""
    concerns: str | None = None
    """The provider id of the message that a reaction, an edit or a deletion is about."""
    amends: Amendment | None = Field(default=None, sa_type=text_enum(Amendment).sa_type)
    awaits_file: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Its file comes later, under the same id."""
    from_history: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """From before the connection: never unread."""
    sender: str | None = None
    """Who wrote, in a group: the participant's id."""

    status: DeliveryStatus | None = Field(default=None, sa_type=text_enum(DeliveryStatus).sa_type)
    status_at: datetime | None = maybe_instant()
    error_code: int | None = None
    """The channel's own."""
    error_message: str | None = None
    """The channel's words, for people."""
    remedy: Remedy | None = Field(default=None, sa_type=text_enum(Remedy).sa_type)
    """What the failure asks for."""
    billed: bool | None = None
    """Whether the channel charged it; None: it has not said (C7)."""
    charge_category: str | None = None
    charge_type: str | None = None
    charge_model: str | None = None
    origin: Origin | None = Field(default=None, sa_type=text_enum(Origin).sa_type)
    author_id: int | None = maybe_reference("user.id", index=False)
    ref: str | None = Field(default=None, unique=True)
    """Ours, sent along with the message: a status finds it by this."""
    client_ref: str | None = None
    """The composer's or the API client's: the same send twice is one message."""
    waited_as: int | None = Field(default=None, sa_type=BigId)
    """The id of the row of the outbox in which it waited for its condition, and which is no more:
    the API's clients know it by that."""

    queued_at: datetime | None = maybe_instant()
    """When an outgoing message was last put in the outbox, exactly."""
    sent_at: datetime = instant()
    """The channel's time for what came in, or its arrival where that is ahead of our clock or none
    at all; ours for what went out. In whole seconds like WhatsApp's: an answer within the same
    second stands below what it answers, by its id."""
    created_at: datetime = instant()


class EarlyStatus(Table, table=True):
    """A delivery status whose message is not known yet. It waits, and is applied when it is."""

    __table_args__ = (UniqueConstraint("connection_id", "provider_id", "status"),)

    id: int = key()
    account_id: int = account_reference()
    connection_id: int = reference("connection.id", index=False)
    provider_id: str
    status: DeliveryStatus = text_enum(DeliveryStatus)
    status_at: datetime | None = maybe_instant()
    error_code: int | None = None
    error_message: str | None = None
    remedy: Remedy | None = Field(default=None, sa_type=text_enum(Remedy).sa_type)
    billed: bool | None = None
    charge_category: str | None = None
    charge_type: str | None = None
    charge_model: str | None = None
    received_at: datetime = instant(index=True)
