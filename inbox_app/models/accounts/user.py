"""People who sign in, and the devices they did it on."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import false
from sqlmodel import Field

from inbox_app.models.base import (
    BigId,
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    reference,
    text_enum,
)


class Role(StrEnum):
    """What a person may do: admins connect numbers and invite, agents answer."""

    ADMIN = "admin"
    AGENT = "agent"


class User(Table, table=True):
    """A property manager. ``email`` is stored lower case and is unique in the installation."""

    id: int = key()
    account_id: int = account_reference()
    email: str = Field(unique=True)
    name: str = ""
    role: Role = text_enum(Role)
    password_hash: str
    """Empty for who was invited and has not come in yet."""
    language: str | None = None
    """The person's own; the account's where it is empty."""
    theme: str = "system"
    undo_seconds: int = Field(default=5, sa_column_kwargs={"server_default": "5"})
    """How long what they send can be taken back (M11)."""
    takes_turns: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether conversations that no rule names somebody for go to them in turn."""
    last_turn: int = Field(default=0, sa_type=BigId, sa_column_kwargs={"server_default": "0"})
    """Counted over the account: the lowest is next."""
    advice_dismissed_at: datetime | None = maybe_instant()
    """When the person put away the advice on two numbers (C5)."""
    tour_seen_at: datetime | None = maybe_instant()
    """When the tour of the inbox that begins by itself ended (X6)."""
    disabled_at: datetime | None = maybe_instant()
    created_at: datetime = instant()


class Session(Table, table=True):
    """One sign-in on one device. The cookie's value is stored only as its SHA-256."""

    id: int = key()
    account_id: int = account_reference()
    user_id: int = reference("user.id")
    token_hash: str = Field(unique=True)
    user_agent: str = ""
    created_at: datetime = instant()
    seen_at: datetime = instant()
    """30 days without being seen end a session, 90 days end it anyway."""
