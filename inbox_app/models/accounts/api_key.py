"""Keys of the HTTP API, and the answers it has given to requests that may come twice."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from inbox_app.models.base import Table, account_reference, instant, key, maybe_instant, reference


class ApiKey(Table, table=True):
    """Belongs to one account. The key itself is shown once and stored as its SHA-256."""

    id: int = key()
    account_id: int = account_reference()
    name: str
    key_hash: str = Field(unique=True)
    created_at: datetime = instant()
    revoked_at: datetime | None = maybe_instant()


class IdempotentAnswer(Table, table=True):
    """The same ``Idempotency-Key`` and body get the same answer; another body gets 409."""

    __table_args__ = (UniqueConstraint("api_key_id", "idempotency_key"),)

    id: int = key()
    account_id: int = account_reference()
    api_key_id: int = reference("api_key.id", index=False)
    idempotency_key: str
    request_hash: str
    status: int
    body_encrypted: str
    """Fernet, see ``vault``: an answer tells what is a secret in its table."""
    created_at: datetime = instant(index=True)
