"""One property-management company. Everything belongs to exactly one."""

from datetime import datetime

from sqlalchemy import false
from sqlmodel import Field

from inbox_app.models.base import Table, instant, key


class Account(Table, table=True):
    """``timezone`` is an IANA name; ``language`` BCP 47; ``country`` ISO 3166-1 alpha-2."""

    id: int = key()
    name: str
    timezone: str = "Europe/Rome"
    language: str = "it"
    country: str = "IT"
    demo: bool = False
    """Made by the sandbox; its people cannot sign in once sandbox mode is left."""
    tells_reading: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether people are told that their messages were read and that somebody types (M12)."""
    requires_two_factor: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether nobody of it signs in with a password alone (X1)."""
    created_at: datetime = instant()


class Lease(Table, table=True):
    """Which process does the work that only one may do; it moves when the holder dies."""

    name: str = Field(primary_key=True)
    holder: str
    expires_at: datetime = instant()
