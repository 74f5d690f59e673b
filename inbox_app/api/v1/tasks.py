"""`/tasks`: what suppliers have to do, by the property-management system's keys (A3)."""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from inbox_app import clock
from inbox_app.api.v1.gate import by_key, paging
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.paging import Cursor, Limit, Page
from inbox_app.api.v1.gate.values import ExternalId, Key, Moment, Name, Text
from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.queries.api import tasks
from inbox_app.queries.api.tasks import TaskOut
from inbox_app.services.by_key import UnknownKeyError
from inbox_app.services.tasks import put_task
from inbox_app.services.tasks.put_task import GivenTask

router = APIRouter(prefix="/tasks", tags=["tasks"])


class NewTask(BaseModel):
    """All that is known of a task. `accommodation`, `reservation` and `supplier` are the keys that
    those were put under; without an accommodation it is at the reservation's.

    Members that are not named here say nothing: systems send back what `GET` gave them.
    """

    title: Name
    kind: TaskKind
    status: TaskStatus
    accommodation: Key | None = None
    reservation: Key | None = None
    supplier: Key | None = None
    due_at: Moment | None = None
    description: Text | None = None


@router.get("")
async def list_tasks(holder: Holder, limit: Limit = 50, cursor: Cursor = None) -> Page[TaskOut]:
    """Those that are not archived."""
    return await paging.page_of(tasks.tasks, holder, limit, cursor)


@router.get("/{external_id}")
async def get_task(holder: Holder, external_id: ExternalId) -> TaskOut:
    """One task, archived or not."""
    return await by_key.shown(tasks.task, holder, external_id)


@router.put("/{external_id}", responses={201: {"model": TaskOut}})
async def put(holder: Holder, external_id: ExternalId, new: NewTask, answer: Response) -> TaskOut:
    """Create (201) or replace (200); it stands beside its supplier's conversations at once."""
    given = GivenTask(**new.model_dump())
    try:
        await by_key.put(put_task.put_task, holder, external_id, given, answer, clock.now)
    except UnknownKeyError as error:
        raise by_key.unknown(error) from None
    return await get_task(holder, external_id)


@router.delete("/{external_id}", status_code=204)
async def archive(holder: Holder, external_id: ExternalId) -> None:
    """Archive: out of lists and panels."""
    await by_key.archive(put_task.archive_task, holder, external_id)
