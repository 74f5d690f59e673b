"""Mail to who is on call (S4)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from inbox_app.models.base import Table, account_reference, instant, key, maybe_instant, reference
from inbox_app.models.indexes import partial_index


class UrgentMail(Table, table=True):
    """An urgent notification on its way to its person's mailbox; it holds no words, they are found
    when it leaves. Who dies on the way leaves it to be sent again: a mailbox knows it by its id."""

    __table_args__ = (
        UniqueConstraint("notification_id", "user_id"),
        partial_index("urgent_mail_due", "ended_at IS NULL", "next_attempt_at"),
        Index("urgent_mail_of_person", "user_id", "conversation_id", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: int = key()
    account_id: int = account_reference()
    notification_id: int = reference("notification.id", index=False)
    user_id: int = reference("user.id", index=False)
    conversation_id: int = reference("conversation.id")
    attempts: int = Field(default=0)
    next_attempt_at: datetime = instant()
    created_at: datetime = instant()
    ended_at: datetime | None = maybe_instant()
    """When it was sent, given up, or no news any more."""
