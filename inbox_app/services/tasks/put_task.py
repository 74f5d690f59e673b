"""Tasks as the property-management system tells of them: put and archived (A3)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.models import Accommodation, Actor, Reservation, Task
from inbox_app.services import by_key
from inbox_app.services.by_key import UnknownKeyError
from inbox_app.services.tasks.standing import hand_to, stand


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTask:
    """All that is known of it; it replaces what was. `accommodation`, `reservation` and `supplier`
    are external ids."""

    title: str
    kind: TaskKind
    status: TaskStatus
    accommodation: str | None = None
    reservation: str | None = None
    supplier: str | None = None
    due_at: datetime | None = None
    description: str | None = None


async def put_task(
    session: AsyncSession, account_id: int, external_id: str, given: GivenTask, now: datetime
) -> bool:
    """Create or replace; True when created. Raises ``UnknownKeyError``."""
    of = (session, account_id)
    home_id = await by_key.id_of(*of, Accommodation, "accommodation", given.accommodation)
    stay_id = await by_key.id_of(*of, Reservation, "reservation", given.reservation)
    supplier_id = await _supplier(session, account_id, given.supplier)
    task = await by_key.find(session, Task, account_id, external_id)
    created = task is None
    if task is None:
        task = Task(
            account_id=account_id,
            external_id=external_id,
            title=given.title,
            kind=given.kind,
            status=given.status,
            created_at=now,
        )
    task.title, task.kind, task.description = given.title, given.kind, given.description
    task.due_at, task.archived_at = given.due_at, None
    task.accommodation_id, task.reservation_id = home_id, stay_id
    hand_to(task, supplier_id, now)
    stand(task, given.status, now)
    session.add(task)
    await session.flush()
    return created


async def archive_task(
    session: AsyncSession, account_id: int, external_id: str, now: datetime
) -> bool:
    """Out of lists and panels. False when there is no such task."""
    return await by_key.archive(session, Task, account_id, external_id, now)


async def _supplier(session: AsyncSession, account_id: int, key: str | None) -> int | None:
    """Whoever was merged into another is that one."""
    if key is None:
        return None
    query = select(func.coalesce(Actor.merged_into, Actor.id)).where(
        col(Actor.account_id) == account_id,
        col(Actor.external_id) == key,
        col(Actor.kind) == ActorKind.SUPPLIER,
    )
    found = (await session.exec(query)).one_or_none()
    if found is None:
        raise UnknownKeyError("supplier", key)
    return found
