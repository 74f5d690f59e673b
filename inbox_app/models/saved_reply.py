"""Saved replies: what an account says often, in each language (M8)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    maybe_reference,
    reference,
)


class SavedReply(Table, table=True):
    """``name_key`` is the name in lower case: two that differ by it only would be confused."""

    __table_args__ = (
        UniqueConstraint("account_id", "name_key"),
        Index("saved_reply_by_use", "account_id", "use_count", "name_key"),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    name: str
    name_key: str
    use_count: int = 0
    """How often somebody put it into an answer."""
    used_at: datetime | None = maybe_instant()
    created_by: int | None = maybe_reference("user.id", index=False)
    created_at: datetime = instant()
    updated_at: datetime = instant()


class SavedReplyText(Table, table=True):
    """The reply in one language (BCP 47), with ``{fields}``."""

    __table_args__ = (UniqueConstraint("saved_reply_id", "language"),)

    id: int = key()
    account_id: int = account_reference()
    saved_reply_id: int = reference("saved_reply.id", index=False)
    language: str
    text: str
