"""Who was meant in an internal note, and whether they have seen it (X1)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text

from inbox_app.models.base import Table, account_reference, instant, key, maybe_instant, reference

_UNSEEN = text("seen_at IS NULL")


class Mention(Table, table=True):
    """A person named in a note."""

    __table_args__ = (
        UniqueConstraint("message_id", "user_id"),
        Index("mentions_of", "account_id", "user_id", "conversation_id"),
        Index(
            "mentions_unseen",
            *("account_id", "user_id", "conversation_id"),
            sqlite_where=_UNSEEN,
            postgresql_where=_UNSEEN,
        ),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    user_id: int = reference("user.id")
    conversation_id: int = reference("conversation.id")
    message_id: int = reference("message.id", index=False)
    seen_at: datetime | None = maybe_instant()
    created_at: datetime = instant()
