"""The labels of people (A3): an account calls them by the same ones as its conversations."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from inbox_app.models.base import (
    CodePoints,
    Table,
    account_reference,
    key,
    maybe_instant,
    reference,
)

_LISTED = text("archived_at IS NULL")


class ActorLabel(Table, table=True):
    """A label on an actor. The last two columns are the actor's own, kept here by a trigger, so
    that an index holds the list of a label in its order."""

    __table_args__ = (
        UniqueConstraint("actor_id", "label_id"),
        Index(
            "actors_with_label",
            *("account_id", "label_id", "sort_name", "actor_id"),
            sqlite_where=_LISTED,
            postgresql_where=_LISTED,
        ),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    label_id: int = reference("label.id")
    actor_id: int = reference("actor.id", index=False)
    sort_name: str = Field(sa_type=CodePoints)
    archived_at: datetime | None = maybe_instant()
