"""Signing in with a second factor: an authenticator app's secret, and recovery codes (X1)."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from inbox_app.models.base import Table, account_reference, instant, key, maybe_instant, reference


class TwoFactor(Table, table=True):
    """A person's authenticator app; it counts once a first code has confirmed it."""

    id: int = key()
    account_id: int = account_reference()
    user_id: int = reference("user.id", index=False, unique=True)
    secret: str
    """Encrypted."""
    last_step: int = Field(default=0)
    """The thirty seconds of the last code that was taken: it is taken once."""
    begun_at: datetime = instant()
    confirmed_at: datetime | None = maybe_instant()


class RecoveryCode(Table, table=True):
    """One that has not been used. Stored only as a keyed hash."""

    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: int = key()
    account_id: int = account_reference()
    user_id: int = reference("user.id", index=False)
    code_hash: str
