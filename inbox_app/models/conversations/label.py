"""What an account calls its conversations by, and the lists that people keep under a name (P9)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from inbox_app.domain.conversations.labels import LabelColour
from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    maybe_reference,
    reference,
    text_enum,
)
from inbox_app.models.indexes import index_beside_list


class Label(Table, table=True):
    """``name_key`` is the name in lower case: two that differ by it only would be confused."""

    __table_args__ = (UniqueConstraint("account_id", "name_key"),)

    id: int = key()
    account_id: int = account_reference(index=False)
    name: str
    name_key: str
    colour: LabelColour = text_enum(LabelColour)
    created_at: datetime = instant()


_IN_ORDER = ("account_id", "label_id", "arrived_at", "conversation_id")


class ConversationLabel(Table, table=True):
    """A label on a conversation, beside the list: what the inbox shows, and the API's, which has
    archived ones too."""

    __table_args__ = (
        UniqueConstraint("conversation_id", "label_id"),
        index_beside_list("conversations_with_label", *_IN_ORDER),
        Index("all_conversations_with_label", *_IN_ORDER),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    label_id: int = reference("label.id")
    conversation_id: int = reference("conversation.id", index=False)
    arrived_at: datetime = instant()
    archived_at: datetime | None = maybe_instant()


class SavedView(Table, table=True):
    """A filter, a label and a search that somebody looks at often."""

    __table_args__ = (UniqueConstraint("user_id", "name_key"),)

    id: int = key()
    account_id: int = account_reference()
    user_id: int = reference("user.id", index=False)
    name: str
    name_key: str
    filter: str
    """A ``conversation_list.Filter``."""
    label_id: int | None = maybe_reference("label.id", ondelete="CASCADE")
    search: str = ""
    created_at: datetime = instant()
