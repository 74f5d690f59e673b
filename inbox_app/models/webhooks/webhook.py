"""Other systems' addresses, what they are to be told, and what became of it (A3)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from inbox_app.domain.webhooks import DeliveryState, SwitchedOff, WebhookEventType
from inbox_app.models.base import (
    BigId,
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    reference,
    text_enum,
)
from inbox_app.models.indexes import partial_index

_JSON: Any = JSON()


class WebhookEndpoint(Table, table=True):
    """An https address that wants to hear of some events. Its times are real ones, not the
    sandbox's."""

    id: int = key()
    account_id: int = account_reference()
    url: str
    events: list[str] = Field(default_factory=list, sa_type=_JSON)
    """``WebhookEventType`` values; empty: all."""
    secret_encrypted: str
    """Fernet, see ``vault``."""
    former_secret_encrypted: str | None = None
    former_until: datetime | None = maybe_instant()
    failing_since: datetime | None = maybe_instant()
    """When the first of all the attempts failed that did since one last arrived."""
    switched_off_at: datetime | None = maybe_instant()
    switched_off_why: SwitchedOff | None = text_enum(SwitchedOff, default=None, nullable=True)
    created_at: datetime = instant()


class WebhookEvent(Table, table=True):
    """Something that happened, noted in the transaction that did it; a moment later it is put into
    words, and becomes a delivery to each address that wants it."""

    __table_args__ = (
        UniqueConstraint("account_id", "once"),
        partial_index("webhook_event_untold", "told_at IS NULL", "id"),
        Index("webhook_event_told", "told_at"),
        {"sqlite_autoincrement": True},
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    type: WebhookEventType = text_enum(WebhookEventType)
    subject_id: int | None = Field(default=None, nullable=True, sa_type=BigId)
    """Of the message, conversation, template, connection, or of the endpoint for a test."""
    once: str | None = None
    """What must be told once only, by this name."""
    body: str | None = None
    """The JSON that receivers get, the same with each attempt; None when nobody wanted it."""
    told_at: datetime | None = maybe_instant()
    """When it was put into words: the time that receivers read."""


class WebhookDelivery(Table, table=True):
    """An event on its way to one address. Nobody claims it: whoever dies on the way leaves it to be
    tried again, under the same id."""

    __table_args__ = (
        UniqueConstraint("endpoint_id", "event_id"),
        Index("webhook_delivery_due", "endpoint_id", "state", "next_attempt_at"),
        Index("webhook_delivery_listed", "endpoint_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    endpoint_id: int = reference("webhook_endpoint.id", index=False)
    event_id: int = reference("webhook_event.id")
    state: DeliveryState = text_enum(DeliveryState, default=DeliveryState.PENDING)
    attempts: int = 0
    next_attempt_at: datetime = instant()
    answer_status: int | None = None
    problem: str | None = None
    """A ``PublicAddressProblem`` of the last attempt, None when something was answered."""
    attempted_at: datetime | None = maybe_instant()
    created_at: datetime = instant()
