"""Who a message came from or goes to on a channel, and every id that means the same person."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint

from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    reference,
    text_enum,
)


class Channel(StrEnum):
    """How people write. A property of addresses and conversations; the inbox is one list."""

    WHATSAPP = "whatsapp"


class Address(Table, table=True):
    """A WhatsApp user as this company sees one. The phone may be missing (usernames, 2026).

    ``wa_id`` and ``user_id`` are the freshest ids that wrote to us: an answer goes to exactly
    those, never to another spelling of them.
    """

    id: int = key()
    account_id: int = account_reference()
    channel: Channel = text_enum(Channel, default=Channel.WHATSAPP)
    wa_id: str | None = None
    user_id: str | None = None
    username: str | None = None
    profile_name: str | None = None
    """Chosen by the user, changed at will: for display only, marked as such."""
    blocked_at: datetime | None = maybe_instant()
    marketing_stopped_at: datetime | None = maybe_instant()
    """When the person asked for no more marketing (webhook ``user_preferences``, error 131050)."""
    marketing_told_at: datetime | None = maybe_instant()
    """When they last said anything about it; what they said before and comes later is void."""
    created_at: datetime = instant()


class AliasKind(StrEnum):
    """What sort of id an alias is."""

    USER_ID = "user_id"
    PARENT_USER_ID = "parent_user_id"
    PHONE = "phone"
    """``phones.canonical`` of a wa_id or an E.164 number, so that all spellings meet."""


class AddressAlias(Table, table=True):
    """One id of an address. An id means one address only; conflicts are never merged by guess."""

    __table_args__ = (UniqueConstraint("account_id", "channel", "kind", "value"),)

    id: int = key()
    account_id: int = account_reference(index=False)
    address_id: int = reference("address.id")
    channel: Channel = text_enum(Channel, default=Channel.WHATSAPP)
    kind: AliasKind = text_enum(AliasKind)
    value: str


class CustomerWindow(Table, table=True):
    """When the person last wrote to one of our numbers: the fact from which the window is read.

    It belongs to the pair (business number, person): after a change of number all are new.
    """

    __table_args__ = (UniqueConstraint("phone_number_id", "address_id"),)

    id: int = key()
    account_id: int = account_reference()
    phone_number_id: str
    address_id: int = reference("address.id")
    last_inbound_at: datetime = instant()
    """Meta's time of the message, never ahead of ours."""
