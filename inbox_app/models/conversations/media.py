"""Files that came with messages, or go out with them."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

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
from inbox_app.models.indexes import partial_index


class MediaState(StrEnum):
    """How far a file has come. A channel keeps what people send for some days only."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class Media(Table, table=True):
    """The file of one message; ``filename`` and ``mime_type`` are what the sender claimed.

    What the columns from ``content_type`` on hold was found in the bytes: the address of a file
    answers with these, never with what was claimed.
    """

    __table_args__ = (partial_index("media_kept", "state = 'ready'", "account_id", "created_at"),)

    id: int = key()
    account_id: int = account_reference()
    message_id: int = reference("message.id", index=False, unique=True)
    provider_media_id: str = ""
    """The channel's id of it; of what goes out, once it was uploaded."""
    mime_type: str = ""
    filename: str | None = None
    size: int | None = None
    sha256: str | None = Field(default=None, index=True)
    """Of the plain bytes, lower-case hex: as claimed until the file is ready, then its name in the
    storage."""
    voice: bool = False
    animated: bool = False
    state: MediaState = text_enum(MediaState, default=MediaState.PENDING, index=True)
    created_at: datetime = instant()
    uploaded_at: datetime | None = maybe_instant()
    """When the channel took a file of ours: it keeps each for so many days."""
    uploaded_by: int | None = maybe_reference("connection.id", index=False)
    """The connection whose id of it that is."""

    attempts: int = 0
    next_attempt_at: datetime | None = maybe_instant()
    """By the machine's clock; none is at once."""
    claimed_at: datetime | None = maybe_instant()
    claimed_by: str | None = None
    """The process that fetches it now."""
    problem: str | None = None
    """Why the last attempt failed, for operators."""

    content_type: str | None = None
    width: int | None = None
    height: int | None = None
    """In pixels, turned as the file says."""
    pages: int | None = None
    duration: float | None = None
    """In seconds."""
    silent: bool = False
    """A film without an audio track: GIFs arrive as such (M4)."""
    thumb_sha256: str | None = Field(default=None, index=True)
    """A small picture of it: of a PDF its first page, of a film its first frame."""
    playable_sha256: str | None = Field(default=None, index=True)
    """The same sound in a format that every browser plays."""
