"""Whoever the property manager talks with: guest, owner, supplier."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from inbox_app.domain.people.actors import ActorKind
from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    reference,
    text_enum,
)


class Actor(Table, table=True):
    """``external_id`` is the property-management system's key; an archived actor keeps its name."""

    __table_args__ = (UniqueConstraint("account_id", "external_id"),)

    id: int = key()
    account_id: int = account_reference()
    external_id: str | None = None
    kind: ActorKind = text_enum(ActorKind)
    name: str
    email: str | None = None
    language: str | None = None
    country: str | None = None
    archived_at: datetime | None = maybe_instant()
    created_at: datetime = instant()


class ActorPhone(Table, table=True):
    """A number as it was given (``raw``) beside the E.164 it gives, or none.

    ``match_key`` is ``phones.canonical`` of it: the one spelling under which people are found.
    """

    id: int = key()
    account_id: int = account_reference()
    actor_id: int = reference("actor.id")
    position: int = 0
    raw: str
    e164: str | None = None
    match_key: str | None = Field(default=None, index=True)
    whatsapp: bool = False
    """Chosen for WhatsApp among several."""
