"""Mail of the installation's own that waits to be sent (X1)."""

from datetime import datetime

from sqlmodel import Field

from inbox_app.domain.accounts.mails import MailKind
from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_reference,
    reference,
    text_enum,
)


class Mail(Table, table=True):
    """A link for one person; the row goes once it is sent. The link is made when it is, so that no
    secret waits here."""

    id: int = key()
    account_id: int = account_reference()
    user_id: int = reference("user.id", index=False, unique=True)
    kind: MailKind = text_enum(MailKind)
    asked_by: int | None = maybe_reference("user.id", index=False)
    attempts: int = Field(default=0)
    asked_at: datetime = instant()
    next_attempt_at: datetime = instant(index=True)
