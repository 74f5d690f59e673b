"""The link between an account and its one WhatsApp number."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text

from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    maybe_reference,
    text_enum,
)


class ConnectionState(StrEnum):
    """Refused means Meta said the credentials are bad; a time-out of Meta's is not that."""

    ACTIVE = "active"
    CREDENTIALS_REFUSED = "credentials_refused"
    DISCONNECTED = "disconnected"


class Connection(Table, table=True):
    """A number is connected to one account and an account to one number: the database says so.

    A disconnected row stays, for the history that names it, and is taken up again when the
    same number comes back.
    """

    __table_args__ = (
        Index(
            "one_connection_per_account",
            "account_id",
            unique=True,
            sqlite_where=text("state != 'disconnected'"),
            postgresql_where=text("state != 'disconnected'"),
        ),
        Index(
            "one_account_per_number",
            "phone_number_id",
            unique=True,
            sqlite_where=text("state != 'disconnected'"),
            postgresql_where=text("state != 'disconnected'"),
        ),
        Index("one_row_per_number_of_an_account", "account_id", "phone_number_id", unique=True),
    )

    id: int = key()
    account_id: int = account_reference()
    phone_number_id: str
    waba_id: str
    display_phone_number: str = ""
    verified_name: str = ""
    token_encrypted: str
    """Fernet, see ``vault``."""
    state: ConnectionState = text_enum(ConnectionState, default=ConnectionState.ACTIVE)
    state_reason: str = ""
    """Meta's words, when the credentials were refused."""
    contract_accepted_at: datetime = instant()
    contract_accepted_by: int | None = maybe_reference("user.id")
    contract_version: str
    contract_language: str | None = None
    """The language in which the contract was read and accepted."""
    pin_encrypted: str = ""
    """The two-step code with which the number was registered, if we did that."""
    connected_at: datetime | None = maybe_instant()
    """When the present credentials were taken; what was told before is about earlier ones."""
    last_webhook_at: datetime | None = maybe_instant()
    created_at: datetime = instant()

    quality_rating: str | None = None
    """Meta's GREEN, YELLOW, RED or UNKNOWN, as all that follows as far as Meta has told."""
    figures_at: datetime | None = maybe_instant()
    """Of when these figures are: what a webhook tells of an earlier time is not believed."""
    messaging_limit: str | None = None
    """TIER_250 … TIER_UNLIMITED: people written to first in a day, of the whole portfolio."""
    number_status: str | None = None
    """CONNECTED, FLAGGED, RESTRICTED, BANNED …"""
    name_status: str | None = None
    token_expires_at: datetime | None = maybe_instant()
    """None when it never does, or Meta has not said."""
    subscribed: bool | None = None
    """Whether our app gets the WABA's webhooks; None while nobody has looked."""
    checked_at: datetime | None = maybe_instant()
    """When Meta last answered the check of token, number and subscription."""
    unreachable_since: datetime | None = maybe_instant()
    """Since when Meta does not answer that check: a trouble of its own, not the credentials'."""
    templates_read_at: datetime | None = maybe_instant()
    """When the last reading of the whole list began; real time."""
    templates_wanted_at: datetime | None = maybe_instant()
    """Since when somebody waits for the list to be read anew; real time, none when nobody does."""
    templates_failure: str | None = None
    """Why reading it failed the last time, in Meta's words; none when all was well."""
