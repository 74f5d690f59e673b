"""How long an account keeps what it has; none of these for ever (A6)."""

from datetime import datetime

from sqlmodel import Field

from inbox_app.models.base import BigId, Table, account_reference, instant, maybe_reference


class Retention(Table, table=True):
    """In days; None is no limit of the account's own."""

    account_id: int = account_reference(primary_key=True, index=False)
    message_days: int | None = None
    file_days: int | None = None
    event_days: int | None = None
    events_seen: int = Field(default=0, sa_type=BigId)
    """The id of the last raw event that was looked into, so that each is once."""
    changed_at: datetime = instant()
    changed_by: int | None = maybe_reference("user.id", index=False)
