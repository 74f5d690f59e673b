"""Tasks as the HTTP API shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.models import Accommodation, Actor, Reservation, Task
from inbox_app.queries.api.pages import page_by_key


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOut:
    """Work for a supplier to do. `accommodation`, `reservation` and `supplier` are external ids;
    those that have none are null."""

    external_id: str
    title: str
    kind: TaskKind
    status: TaskStatus
    accommodation: str | None
    reservation: str | None
    supplier: str | None
    due_at: datetime | None
    description: str | None
    archived: bool


async def tasks(
    session: AsyncSession, account_id: int, *, limit: int, after: int | None
) -> tuple[list[TaskOut], int | None]:
    """A page of those that came from outside and are not archived, and where the next begins."""
    ours = select(Task).where(col(Task.account_id) == account_id)
    page, more = await page_by_key(session, ours, Task, limit=limit, after=after)
    return await _shown(session, account_id, page), more


async def task(session: AsyncSession, account_id: int, external_id: str) -> TaskOut | None:
    """The one with this key, archived or not; None when this account has none."""
    query = select(Task).where(
        col(Task.account_id) == account_id, col(Task.external_id) == external_id
    )
    shown = await _shown(session, account_id, (await session.exec(query)).all())
    return shown[0] if shown else None


async def _shown(session: AsyncSession, account_id: int, found: Sequence[Task]) -> list[TaskOut]:
    query = (
        select(Task, Accommodation.external_id, Reservation.external_id, Actor.external_id)
        .outerjoin(Accommodation, col(Accommodation.id) == col(Task.accommodation_id))
        .outerjoin(Reservation, col(Reservation.id) == col(Task.reservation_id))
        .outerjoin(Actor, col(Actor.id) == col(Task.supplier_id))
        .where(col(Task.account_id) == account_id, col(Task.id).in_([task.id for task in found]))
        .order_by(col(Task.id))
    )
    return [_out(*row) for row in await session.exec(query)]


def _out(task: Task, home: str | None, stay: str | None, supplier: str | None) -> TaskOut:
    return TaskOut(
        external_id=task.external_id or "",
        title=task.title,
        kind=task.kind,
        status=task.status,
        accommodation=home,
        reservation=stay,
        supplier=supplier,
        due_at=task.due_at,
        description=task.description,
        archived=task.archived_at is not None,
    )
