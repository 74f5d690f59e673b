"""Files that somebody has attached and not sent."""

from datetime import datetime

from sqlmodel import Field

from inbox_app.domain.messages import MessageKind
from inbox_app.models.base import Table, account_reference, instant, key, reference, text_enum


class Upload(Table, table=True):
    """A file beside a person's draft, ready to be sent, on any device; sending takes it away."""

    id: int = key()
    account_id: int = account_reference()
    user_id: int = reference("user.id")
    conversation_id: int = reference("conversation.id")
    ref: str = Field(unique=True)
    """By which its page knows it, given once: the message it becomes carries it on, so that it is
    sent once."""
    kind: MessageKind = text_enum(MessageKind)
    content_type: str
    filename: str
    sha256: str = Field(index=True)
    size: int
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    thumb_sha256: str | None = Field(default=None, index=True)
    created_at: datetime = instant(index=True)
