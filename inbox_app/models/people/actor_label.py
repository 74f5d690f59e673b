"""The labels of people (A3): an account calls them by the same ones as its conversations."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from inbox_app.models.base import (
    CodePoints,
    Table,
    account_reference,
    key,
    maybe_instant,
    reference,
)
from inbox_app.models.indexes import index_beside_list


class ActorLabel(Table, table=True):
    """A label on an actor, beside the list of actors."""

    __table_args__ = (
        UniqueConstraint("actor_id", "label_id"),
        index_beside_list("actors_with_label", "account_id", "label_id", "sort_name", "actor_id"),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    label_id: int = reference("label.id")
    actor_id: int = reference("actor.id", index=False)
    sort_name: str = Field(sa_type=CodePoints)
    archived_at: datetime | None = maybe_instant()
