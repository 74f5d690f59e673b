"""Files that came with messages."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from inbox_app.models.base import Table, account_reference, instant, key, reference, text_enum


class MediaState(StrEnum):
    """How far a file has come. Meta keeps what people send for 7 days."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class Media(Table, table=True):
    """The file of one message; ``filename`` and ``mime_type`` are what the sender claimed."""

    id: int = key()
    account_id: int = account_reference()
    message_id: int = reference("message.id", index=False, unique=True)
    provider_media_id: str
    mime_type: str = ""
    filename: str | None = None
    size: int | None = None
    sha256: str | None = Field(default=None, index=True)
    """Of the plain bytes, lower-case hex."""
    voice: bool = False
    animated: bool = False
    state: MediaState = text_enum(MediaState, default=MediaState.PENDING, index=True)
    created_at: datetime = instant()
