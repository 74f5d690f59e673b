"""What Meta says of a connected account or number by itself: restrictions, alerts, decisions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from inbox_app.models.base import Table, account_reference, instant, key, maybe_instant, reference

_JSON: Any = JSON()


class ConnectionNotice(Table, table=True):
    """Shown on the settings page until Meta takes it back or an admin puts it away."""

    __table_args__ = (Index("connection_notices", "connection_id", "dismissed_at", "at"),)

    id: int = key()
    account_id: int = account_reference()
    connection_id: int = reference("connection.id", index=False)
    field: str
    """The webhook field that told it: ``account_update``, ``account_alerts`` …"""
    event: str
    """Meta's word: ``ACCOUNT_RESTRICTION``, ``OBA_REJECTED`` …"""
    severity: str
    """``critical``, ``warning`` or ``information``."""
    details: dict[str, Any] = Field(default_factory=dict, sa_type=_JSON)
    at: datetime = instant()
    dismissed_at: datetime | None = maybe_instant()
