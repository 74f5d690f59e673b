"""Who a message came from or goes to on a channel, and every id that means the same person."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from inbox_app.models.base import (
    CodePoints,
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    reference,
)


class Address(Table, table=True):
    """Somebody on a channel as this company sees them. The address itself may be missing.

    ``value`` and ``external_id`` are the freshest that wrote to us: an answer goes to exactly
    those, never to another spelling of them.
    """

    id: int = key()
    account_id: int = account_reference()
    channel: str
    """The key of a ``channels.base.Channel``."""
    value: str | None = None
    """What people read and answers go to, as the channel spells it: a wa_id, an e-mail address."""
    external_id: str | None = None
    """What the channel calls them: a business-scoped user id."""
    username: str | None = None
    profile_name: str | None = None
    """Chosen by the user, changed at will: for display only, marked as such."""
    blocked_at: datetime | None = maybe_instant()
    marketing_stopped_at: datetime | None = maybe_instant()
    """When the person asked for no more marketing."""
    marketing_told_at: datetime | None = maybe_instant()
    """When they last said anything about it; what they said before and comes later is void."""
    created_at: datetime = instant()


class AddressAlias(Table, table=True):
    """One id of an address. An id means one address only; conflicts are never merged by guess."""

    __table_args__ = (UniqueConstraint("account_id", "channel", "kind", "value"),)

    id: int = key()
    account_id: int = account_reference(index=False)
    address_id: int = reference("address.id")
    channel: str
    kind: str
    """The channel's word for this sort of id; ``channels.inbound.PHONE`` for a phone number."""
    value: str


class AddressTerm(Table, table=True):
    """What a person is found by while nobody has said who they are: ``search_terms.terms`` of the
    names they chose and of their numbers."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it

    account_id: int = account_reference(primary_key=True, index=False)
    term: str = Field(primary_key=True, sa_type=CodePoints)
    address_id: int = reference("address.id", primary_key=True)


class LastInbound(Table, table=True):
    """When the person last wrote to one of our ends: the fact from which a reply window is read.

    It belongs to the pair (connection, person): after a change of number all windows are new (W4).
    """

    __table_args__ = (
        UniqueConstraint("connection_id", "address_id"),
        Index("last_inbound_order", "connection_id", "last_inbound_at", "address_id"),
    )

    id: int = key()
    account_id: int = account_reference()
    connection_id: int = reference("connection.id")
    address_id: int = reference("address.id")
    last_inbound_at: datetime = instant()
    """The channel's time of the message, never ahead of ours."""
