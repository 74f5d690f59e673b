"""Operational work at accommodations, for suppliers to do."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    maybe_reference,
    text_enum,
)
from inbox_app.models.indexes import LISTED, partial_index


class Task(Table, table=True):
    """``supplier_id`` is the actor who does it, nobody's yet while empty."""

    __table_args__ = (
        UniqueConstraint("account_id", "external_id"),
        Index("tasks_by_title", "account_id", "title"),
        partial_index(
            "tasks_to_do", f"closed_at IS NULL AND {LISTED}", "account_id", "supplier_id", "due_at"
        ),
        partial_index(
            "tasks_closed",
            f"closed_at IS NOT NULL AND {LISTED}",
            *("account_id", "supplier_id", "closed_at"),
        ),
        partial_index("tasks_from_messages", "message_id IS NOT NULL", "message_id"),
    )

    id: int = key()
    account_id: int = account_reference()
    external_id: str | None = None
    title: str
    kind: TaskKind = text_enum(TaskKind)
    status: TaskStatus = text_enum(TaskStatus)
    description: str | None = None
    accommodation_id: int | None = maybe_reference("accommodation.id")
    """Without one it is at the reservation's."""
    reservation_id: int | None = maybe_reference("reservation.id")
    supplier_id: int | None = maybe_reference("actor.id")
    due_at: datetime | None = maybe_instant()
    message_id: int | None = maybe_reference("message.id", index=False)
    """What it was made from; its file is the task's too."""
    asked_at: datetime | None = maybe_instant()
    """When its supplier got it, or it was last said that it is not done yet: an answer that came
    after that may say so."""
    closed_at: datetime | None = maybe_instant()
    """When it was done or cancelled."""
    created_by: int | None = maybe_reference("user.id", index=False)
    archived_at: datetime | None = maybe_instant()
    created_at: datetime = instant()
