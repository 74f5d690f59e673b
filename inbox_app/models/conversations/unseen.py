"""What colleagues have read and a person has not (P1)."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from inbox_app.models.base import (
    BigId,
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    reference,
)
from inbox_app.models.indexes import index_beside_list


class Unseen(Table, table=True):
    """A conversation of which somebody else has read more than this person. What nobody has read is
    in the conversation's own row, and is unread for all; who has no row has seen what anybody has.
    It stands beside the list, and its index holds all that a count asks."""

    __table_args__ = (
        UniqueConstraint("conversation_id", "user_id"),
        index_beside_list(
            "unseen_by_person",
            "account_id",
            "user_id",
            "arrived_at",
            "conversation_id",
            "archived_at",
        ),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    user_id: int = reference("user.id")
    conversation_id: int = reference("conversation.id", index=False)
    up_to: int = Field(sa_type=BigId)
    """The id down to which the person has seen it: always before what a colleague has."""
    known_to: int = Field(sa_type=BigId)
    """The same of what they have ever seen, which is more after they left something unread."""
    messages: int
    """What came in since then that a colleague has read; never 0."""
    arrived_at: datetime = instant()
    archived_at: datetime | None = maybe_instant()
