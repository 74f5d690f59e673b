"""Whoever the property manager talks with: guest, owner, supplier."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, event
from sqlmodel import Field

from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.people.search_terms import folded
from inbox_app.models.base import (
    BigId,
    CodePoints,
    Table,
    account_reference,
    follows,
    instant,
    key,
    maybe_instant,
    maybe_reference,
    reference,
    text_enum,
)
from inbox_app.models.indexes import LISTED, partial_index

_JSON: Any = JSON()


class Actor(Table, table=True):
    """``external_id`` is the property-management system's key; an archived actor keeps its name."""

    __table_args__ = (
        UniqueConstraint("account_id", "external_id"),
        partial_index("actors_by_name", LISTED, "account_id", "sort_name", "id"),
        partial_index("actors_by_kind_and_name", LISTED, "account_id", "kind", "sort_name", "id"),
        partial_index(
            "actors_archived", "archived_at IS NOT NULL", "account_id", "sort_name", "id"
        ),
    )

    id: int = key()
    account_id: int = account_reference()
    external_id: str | None = None
    kind: ActorKind = text_enum(ActorKind)
    name: str
    sort_name: str = follows("name", folded)
    """The name as ``search_terms.folded`` has it, by which lists are ordered."""
    email: str | None = None
    language: str | None = None
    country: str | None = None
    notes: str | None = None
    archived_at: datetime | None = maybe_instant()
    created_at: datetime = instant()
    changed_at: datetime | None = maybe_instant()
    """When somebody last told something else of them."""
    merged_into: int | None = Field(default=None, sa_type=BigId)
    """The id of the actor that this one turned out to be: archived, listed nowhere, and kept so
    that the merge can be undone and a key of theirs still leads to somebody."""


class ActorPhone(Table, table=True):
    """A number as it was given (``raw``) beside the E.164 it gives, or none.

    ``match_key`` is ``phones.canonical`` of it: the one spelling under which people are found.
    """

    id: int = key()
    account_id: int = account_reference(index=False)
    actor_id: int = reference("actor.id")
    position: int = 0
    raw: str
    e164: str | None = None
    match_key: str | None = Field(default=None, index=True)
    whatsapp: bool = False
    """Chosen for WhatsApp among several."""


class ActorTerm(Table, table=True):
    """What an actor is found by, as ``search_terms.terms`` has it of what is on file."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it

    account_id: int = account_reference(primary_key=True, index=False)
    term: str = Field(primary_key=True, sa_type=CodePoints)
    actor_id: int = reference("actor.id", primary_key=True)


class ActorAccommodation(Table, table=True):
    """A home that somebody owns, or works at."""

    __table_args__ = (UniqueConstraint("actor_id", "accommodation_id"),)

    id: int = key()
    account_id: int = account_reference()
    actor_id: int = reference("actor.id", index=False)
    accommodation_id: int = reference("accommodation.id")


class ActorLink(Table, table=True):
    """A person or a system said who a conversation is with; what that changed, so that it can be
    undone exactly. Links that were made by themselves have none, until somebody undoes them."""

    __table_args__ = (Index("links_of_conversation", "conversation_id", "actor_id"),)

    id: int = key()
    account_id: int = account_reference()
    conversation_id: int = reference("conversation.id", index=False)
    actor_id: int = reference("actor.id")
    made: dict[str, list[int]] | None = Field(default=None, nullable=True, sa_type=_JSON)
    """The actor was made for it: the ids of what was made with them, by table. They go with it
    unless more hangs on them by then."""
    phone_id: int | None = maybe_reference("actor_phone.id")
    """The number that was put on file with it."""
    chose_phone: int | None = Field(default=None, sa_type=BigId)
    """The id of the number on file that became the one for WhatsApp."""
    also_linked: list[int] = Field(default_factory=list, sa_type=_JSON)
    """Other conversations that were nobody's until the number was on file."""
    set_aside: dict[str, Any] | None = Field(default=None, nullable=True, sa_type=_JSON)
    """The conversation that waited for the actor's number, which ended."""
    linked_at: datetime = instant()
    linked_by: int | None = maybe_reference("user.id", index=False)
    ended_at: datetime | None = maybe_instant()
    """Undone by a person: it is not made by itself again."""


class ActorMerge(Table, table=True):
    """Two actors turned out to be one; what that changed, so that it can be undone exactly."""

    id: int = key()
    account_id: int = account_reference()
    kept_id: int = reference("actor.id")
    gone_id: int = reference("actor.id")
    moved: dict[str, Any] = Field(default_factory=dict, sa_type=_JSON)
    """As ``services.people.merge_moves`` and ``merge_actors`` write it: ids and, of the fields that
    changed, what was there before and after."""
    merged_at: datetime = instant()
    merged_by: int | None = maybe_reference("user.id", index=False)
    """None: over the API."""
    undone_at: datetime | None = maybe_instant()


@event.listens_for(Actor, "before_update")
def _sort(_mapper: object, _connection: object, actor: Actor) -> None:
    actor.sort_name = folded(actor.name)
