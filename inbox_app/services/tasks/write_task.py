"""Tasks that people make, hand to suppliers and close (P3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.models import Accommodation, Actor, Message, Task
from inbox_app.services.tasks.standing import hand_to, stand

Owned = TypeVar("Owned", Accommodation, Message)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFields:
    """What somebody fills in."""

    title: str
    kind: TaskKind
    description: str | None
    accommodation_id: int | None
    supplier_id: int | None
    due_at: datetime | None


async def make_task(
    session: AsyncSession,
    account_id: int,
    fields: TaskFields,
    *,
    message_id: int | None,
    user_id: int,
    now: datetime,
) -> Task:
    """A new one, from a message perhaps. Raises ``NotFoundError`` for what is not the account's."""
    await _require(session, account_id, Message, message_id)
    task = Task(
        account_id=account_id,
        title=fields.title,
        kind=fields.kind,
        status=TaskStatus.OPEN,
        message_id=message_id,
        created_by=user_id,
        created_at=now,
    )
    await _write(session, task, fields, now)
    return task


async def change_task(
    session: AsyncSession, account_id: int, task_id: int, fields: TaskFields, now: datetime
) -> Task:
    """Other words, another time, another supplier. Raises ``NotFoundError``."""
    task = await _task(session, account_id, task_id)
    await _write(session, task, fields, now)
    return task


async def set_status(
    session: AsyncSession, account_id: int, task_id: int, status: TaskStatus, now: datetime
) -> Task:
    """Somebody says where it stands. Raises ``NotFoundError``."""
    task = await _task(session, account_id, task_id)
    stand(task, status, now)
    session.add(task)
    await session.flush()
    return task


async def not_done_yet(session: AsyncSession, account_id: int, task_id: int, now: datetime) -> None:
    """What its supplier has said so far does not mean that it is done. Raises
    ``NotFoundError``."""
    task = await _task(session, account_id, task_id)
    task.asked_at = now
    session.add(task)
    await session.flush()


async def _write(session: AsyncSession, task: Task, fields: TaskFields, now: datetime) -> None:
    if fields.accommodation_id != task.accommodation_id:
        await _require(session, task.account_id, Accommodation, fields.accommodation_id)
    if fields.supplier_id != task.supplier_id:
        await _require_supplier(session, task.account_id, fields.supplier_id)
    task.title, task.kind, task.description = fields.title, fields.kind, fields.description
    task.accommodation_id, task.due_at = fields.accommodation_id, fields.due_at
    hand_to(task, fields.supplier_id, now)
    session.add(task)
    await session.flush()


async def _task(session: AsyncSession, account_id: int, task_id: int) -> Task:
    query = select(Task).where(
        col(Task.account_id) == account_id,
        col(Task.id) == task_id,
        col(Task.archived_at).is_(None),
    )
    found = (await session.exec(query.with_for_update())).one_or_none()
    if found is None:
        raise NotFoundError
    return found


async def _require(
    session: AsyncSession, account_id: int, table: type[Owned], id_: int | None
) -> None:
    if id_ is None:
        return
    query = select(table.id).where(col(table.account_id) == account_id, col(table.id) == id_)
    if (await session.exec(query)).one_or_none() is None:
        raise NotFoundError


async def _require_supplier(session: AsyncSession, account_id: int, id_: int | None) -> None:
    query = select(Actor.id).where(
        col(Actor.account_id) == account_id,
        col(Actor.id) == id_,
        col(Actor.kind) == ActorKind.SUPPLIER,
        col(Actor.archived_at).is_(None),
    )
    if id_ is not None and (await session.exec(query)).one_or_none() is None:
        raise NotFoundError
