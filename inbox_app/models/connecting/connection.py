"""The link between an account and its end of one channel: what every channel has of it (C3)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index

from inbox_app.models.base import Table, account_reference, instant, key, maybe_instant, text_enum
from inbox_app.models.indexes import partial_index


class ConnectionState(StrEnum):
    """Refused means the channel said the credentials are bad; a time-out is not that."""

    ACTIVE = "active"
    CREDENTIALS_REFUSED = "credentials_refused"
    DISCONNECTED = "disconnected"


_CONNECTED = "state != 'disconnected'"


class Connection(Table, table=True):
    """An end of ours is connected to one account, and an account to one end of a channel: the
    database says so.

    A disconnected row stays, for the history that names it, and is taken up again when the same
    end comes back.
    """

    __table_args__ = (
        partial_index(
            "one_connection_per_account", _CONNECTED, "account_id", "channel", unique=True
        ),
        partial_index(
            "one_account_per_endpoint", _CONNECTED, "channel", "external_id", unique=True
        ),
        Index(
            "one_row_per_endpoint_of_an_account",
            "account_id",
            "channel",
            "external_id",
            unique=True,
        ),
    )

    id: int = key()
    account_id: int = account_reference()
    channel: str
    """The key of a ``channels.base.Channel``."""
    external_id: str
    """The channel's id of this end, by which inbound events are routed: a phone_number_id."""
    display_address: str = ""
    """As people read it: the business's number."""
    display_name: str = ""
    credentials_encrypted: str
    """Fernet, see ``vault``; what is in it only the channel knows."""
    state: ConnectionState = text_enum(ConnectionState, default=ConnectionState.ACTIVE)
    state_reason: str = ""
    """The channel's words, when the credentials were refused."""
    connected_at: datetime | None = maybe_instant()
    """When the present credentials were taken; what was told before is about earlier ones."""
    last_event_at: datetime | None = maybe_instant()
    checked_at: datetime | None = maybe_instant()
    """When the channel last answered the check of credentials and end."""
    unreachable_since: datetime | None = maybe_instant()
    """Since when it does not answer that check: a trouble of its own, not the credentials'."""
    created_at: datetime = instant()
