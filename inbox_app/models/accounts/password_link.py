"""Links by which somebody chooses a password: the invited, and who cannot come in any more (X1)."""

from datetime import datetime

from sqlmodel import Field

from inbox_app.models.base import Table, account_reference, instant, key, maybe_reference, reference


class PasswordLink(Table, table=True):
    """A person's latest; it serves once. Its secret is stored only as its SHA-256."""

    id: int = key()
    account_id: int = account_reference()
    user_id: int = reference("user.id", index=False, unique=True)
    token_hash: str = Field(unique=True)
    created_by: int | None = maybe_reference("user.id", index=False)
    created_at: datetime = instant()
    expires_at: datetime = instant()
