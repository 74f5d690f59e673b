"""What people are told of on their devices, and what each of them wants to hear (N1, N2)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, false, true
from sqlmodel import Field

from inbox_app.domain.notifications import (
    MessagesOf,
    NotificationKind,
    PushPurpose,
    PushState,
    Shows,
    Sound,
)
from inbox_app.models.base import (
    BigId,
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


class NotificationPreference(Table, table=True):
    """A person's; who has none has the defaults of ``domain.notifications.Preferences``."""

    user_id: int = reference("user.id", primary_key=True, index=False)
    account_id: int = account_reference()
    messages: MessagesOf = text_enum(MessagesOf, default=MessagesOf.ALL)
    closing: bool = True
    connection: bool = True
    payment: bool = True
    mention: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    assigned: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    shows: Shows = text_enum(Shows, default=Shows.TEXT)
    sound: Sound = text_enum(Sound, default=Sound.SOFT)
    quiet_from: int | None = None
    """Minutes of the day, like the end."""
    quiet_to: int | None = None
    time_zone: str | None = None
    """IANA name; the account's where it is empty."""


class NotifiedDevice(Table, table=True):
    """A device whose person allowed notifications. It ends with its session: nobody is told
    anything where they are not signed in."""

    id: int = key()
    account_id: int = account_reference()
    user_id: int = reference("user.id")
    session_id: int = reference("session.id", unique=True)
    endpoint: str | None = Field(default=None, unique=True)
    """Where its browser's push service takes pushes; None: it is told in open pages alone."""
    public_key: str = ""
    auth_encrypted: str = ""
    """Fernet, see ``vault``."""
    created_at: datetime = instant()


class Notification(Table, table=True):
    """Something to be told of, noted in the transaction that did it; where no device listens,
    nothing is."""

    __table_args__ = (
        UniqueConstraint("account_id", "once"),
        partial_index("notification_unspread", "spread_at IS NULL", "id"),
        partial_index(
            "notification_standing", "settled = 0", "account_id", "id", on_postgresql="NOT settled"
        ),
        partial_index("notification_of_person", "user_id IS NOT NULL", "user_id", "id"),
        partial_index(
            "notification_uncleared",
            "settled = 1 AND cleared_at IS NULL",
            "id",
            on_postgresql="settled AND cleared_at IS NULL",
        ),
        Index("notification_of_conversation", "conversation_id", "id"),
        Index("notification_told", "spread_at"),
        {"sqlite_autoincrement": True},
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    kind: NotificationKind = text_enum(NotificationKind)
    conversation_id: int | None = maybe_reference(
        "conversation.id", ondelete="CASCADE", index=False
    )
    message_id: int | None = Field(default=None, nullable=True, sa_type=BigId)
    user_id: int | None = Field(default=None, sa_type=BigId)
    """Who alone is told; None: whoever wants to be."""
    once: str | None = None
    """What must be told once only, by this name."""
    spread_at: datetime | None = maybe_instant()
    """When its pushes were written; a real time."""
    settled: bool = False
    """What it tells of was read, or is over."""
    cleared_at: datetime | None = maybe_instant()
    """When the devices on whose screens it stood were told so."""


class Push(Table, table=True):
    """A notification on its way to one device, or that it is to go from there. Nobody claims it:
    whoever dies on the way leaves it to be sent again, and the device knows it by its id."""

    __table_args__ = (
        UniqueConstraint("device_id", "notification_id", "purpose"),
        Index("push_due", "state", "next_attempt_at", "id"),
        Index("push_of_conversation", "conversation_id", "device_id", "state"),
        partial_index("push_read", "read = 1", "state", "purpose", "id", on_postgresql="read"),
        {"sqlite_autoincrement": True},
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    device_id: int = reference("notified_device.id", index=False)
    notification_id: int = reference("notification.id")
    conversation_id: int | None = maybe_reference(
        "conversation.id", ondelete="CASCADE", index=False
    )
    tag: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """What it replaces, see ``domain.notifications.tag_of``."""
    purpose: PushPurpose = text_enum(PushPurpose, default=PushPurpose.TELL)
    state: PushState = text_enum(PushState, default=PushState.PENDING)
    read: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Its person has seen what it tells of: where it stands on a screen it is to go."""
    attempts: int = 0
    next_attempt_at: datetime = instant()
    answer_status: int | None = None
    problem: str | None = None
    """A ``PublicAddressProblem`` of the last attempt, or "unforeseen"; None when something was
    answered."""
    created_at: datetime = instant()
