"""The holiday homes."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from inbox_app.models.base import Table, account_reference, instant, key, maybe_instant


class Accommodation(Table, table=True):
    """``timezone`` is an IANA name: check-in is at the home's time. What guests are told of a home
    are fields of saved replies (S3)."""

    __table_args__ = (UniqueConstraint("account_id", "external_id"),)

    id: int = key()
    account_id: int = account_reference()
    external_id: str | None = None
    name: str
    address: str | None = None
    timezone: str
    country: str | None = None
    check_in_time: str | None = None
    """Local, «16:00»."""
    check_out_time: str | None = None
    check_in_instructions: str | None = None
    door_code_encrypted: str | None = None
    """Fernet, see ``vault``."""
    wifi_name: str | None = None
    wifi_password_encrypted: str | None = None
    parking: str | None = None
    house_rules: str | None = None
    archived_at: datetime | None = maybe_instant()
    created_at: datetime = instant()
