"""Who was meant in an internal note, and whether they have seen it (X1)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from inbox_app.models.base import Table, account_reference, instant, key, maybe_instant, reference
from inbox_app.models.indexes import partial_index


class Mention(Table, table=True):
    """A person named in a note."""

    __table_args__ = (
        UniqueConstraint("message_id", "user_id"),
        Index("mentions_of", "account_id", "user_id", "conversation_id"),
        partial_index(
            "mentions_unseen", "seen_at IS NULL", "account_id", "user_id", "conversation_id"
        ),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    user_id: int = reference("user.id")
    conversation_id: int = reference("conversation.id")
    message_id: int = reference("message.id", index=False)
    seen_at: datetime | None = maybe_instant()
    created_at: datetime = instant()
