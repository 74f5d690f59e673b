"""Whose business conversations become by themselves (X1)."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from inbox_app.domain.conversations.assignment import PartnerKind
from inbox_app.models.base import (
    Table,
    account_reference,
    key,
    maybe_reference,
    reference,
    text_enum,
)


class AssignmentRule(Table, table=True):
    """Of a kind of person or of an accommodation, never of both."""

    __table_args__ = (
        UniqueConstraint("account_id", "kind"),
        UniqueConstraint("account_id", "accommodation_id"),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    kind: PartnerKind | None = Field(default=None, sa_type=text_enum(PartnerKind).sa_type)
    accommodation_id: int | None = maybe_reference("accommodation.id", ondelete="CASCADE")
    user_id: int = reference("user.id")
