"""Who did what of consequence: kept for good, shown to admins."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from inbox_app.models.base import Table, account_reference, instant, key, maybe_reference

_JSON: Any = JSON()


class AuditEntry(Table, table=True):
    """``what`` is a word like ``connection.accepted_contract`` or ``template.category_changed``."""

    __table_args__ = (
        Index("audit_trail", "account_id", "at", "id"),
        Index("audit_trail_of_person", "account_id", "user_id", "at", "id"),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    at: datetime = instant()
    user_id: int | None = maybe_reference("user.id", index=False)
    """None: Meta, the API, an operator at a command line, as ``details["by"]`` says."""
    what: str
    details: dict[str, Any] = Field(default_factory=dict, sa_type=_JSON)
    """Ids and values, never message texts or tokens."""
