"""What only WhatsApp has of a connection: the number's account, contract, figures, templates."""

from datetime import datetime

from sqlmodel import Relationship

from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    maybe_reference,
    reference,
)
from inbox_app.models.connecting.connection import Connection


class WhatsAppNumber(Table, table=True):
    """One of each WhatsApp connection, loaded with it; Meta's phone_number_id is the connection's
    ``external_id``."""

    __tablename__ = "whatsapp_number"  # pyright: ignore[reportAssignmentType]

    id: int = key()
    account_id: int = account_reference()
    connection_id: int = reference("connection.id", index=False, unique=True)
    waba_id: str
    contract_accepted_at: datetime = instant()
    contract_accepted_by: int | None = maybe_reference("user.id")
    contract_version: str
    contract_language: str | None = None
    """The language in which the contract was read and accepted."""
    pin_encrypted: str = ""
    """The two-step code with which the number was registered, if we did that."""

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
    templates_read_at: datetime | None = maybe_instant()
    """When the last reading of the whole list began; real time."""
    templates_wanted_at: datetime | None = maybe_instant()
    """Since when somebody waits for the list to be read anew; real time, none when nobody does."""
    templates_failure: str | None = None
    """Why reading it failed the last time, in Meta's words; none when all was well."""

    connection: Connection = Relationship(
        sa_relationship_kwargs={"lazy": "joined", "innerjoin": True}
    )
