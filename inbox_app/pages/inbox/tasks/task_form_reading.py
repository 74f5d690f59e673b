"""A task as its form gives it, read and written."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.delivery.send_later import due_at
from inbox_app.domain.messages import clean_line, clean_text
from inbox_app.domain.stays.accommodations import MAX_TEXT
from inbox_app.domain.tasks import MAX_TITLE, TaskKind
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn
from inbox_app.queries.people.names import actor_name
from inbox_app.queries.tasks.task_form import zone_for
from inbox_app.runtime import current_runtime
from inbox_app.services.tasks.write_task import TaskFields, change_task, make_task

_LONGEST_TIME = 40


class BadTimeError(Exception):
    """It is no time there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenForm:
    """What somebody filled in; ``due`` is on a wall at the home."""

    title: str
    kind: TaskKind
    description: str
    home_id: int | None
    supplier_id: int | None
    due: str


def read(form: object) -> GivenForm | None:
    """None for what no form of ours gives."""
    given = {name: untrusted.form_field(form, name, longest) for name, longest in _FIELDS.items()}
    if None in given.values() or given["kind"] not in tuple(TaskKind):
        return None
    text = {name: value or "" for name, value in given.items()}
    ids = {name: untrusted.row_id(text[name]) for name in ("home", "supplier")}
    if any(text[name] and ids[name] is None for name in ids):
        return None
    return GivenForm(
        title=clean_line(text["title"], MAX_TITLE),
        kind=TaskKind(text["kind"]),
        description=clean_text(text["description"]).strip(),
        home_id=ids["home"],
        supplier_id=ids["supplier"],
        due=text["due"],
    )


_FIELDS = {
    "title": MAX_TITLE,
    "kind": 20,
    "description": MAX_TEXT,
    "home": 20,
    "supplier": 20,
    "due": _LONGEST_TIME,
}


async def saved(
    who: SignedIn, task_id: int | None, message_id: int | None, given: GivenForm
) -> tuple[int, str]:
    """Its id and, where it has become theirs just now, the name of its supplier.

    Raises ``BadTimeError``, ``NotFoundError``.
    """
    now = clock.now()
    async with current_runtime().database.transaction() as session:
        fields = await _fields(session, who, task_id, given)
        if task_id is None:
            task = await make_task(
                session, who.account_id, fields, message_id=message_id, user_id=who.user_id, now=now
            )
        else:
            task = await change_task(session, who.account_id, task_id, fields, now)
        is_theirs = task.supplier_id is not None and task.asked_at == now
        name = await actor_name(session, who.account_id, task.supplier_id or 0)
        return task.id, name if is_theirs else ""


async def _fields(
    session: AsyncSession, who: SignedIn, task_id: int | None, given: GivenForm
) -> TaskFields:
    zone = await zone_for(session, who.account_id, given.home_id, task_id) or who.time_zone
    due = due_at(given.due, zone) if given.due else None
    if given.due and due is None:
        raise BadTimeError
    return TaskFields(
        title=given.title,
        kind=given.kind,
        description=given.description or None,
        accommodation_id=given.home_id,
        supplier_id=given.supplier_id,
        due_at=due,
    )
