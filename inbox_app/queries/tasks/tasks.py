"""The tasks beside a conversation: its supplier's, and those made from what was written in it
(P3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import Direction, MessageKind, clean_line
from inbox_app.domain.tasks import may_be_done
from inbox_app.models import (
    Accommodation,
    Account,
    Actor,
    Conversation,
    Media,
    Message,
    Reservation,
    Task,
)
from inbox_app.queries.tasks.rows import TaskRow
from inbox_app.queries.tasks.task_span import CLOSED, TO_DO, Beside, TaskSpan, listed
from inbox_app.web import millis

_LONGEST_NAME, _LONGEST_ANSWER = 80, 140


@dataclass(frozen=True, slots=True)
class Tasks:
    """The due ones first, then those without a time; closed ones the latest first. ``answer`` is
    what its supplier wrote last, "" for what is no text."""

    to_do: list[TaskRow]
    closed: list[TaskRow]
    more_to_do: bool
    more_closed: bool
    answer: str


@dataclass(frozen=True, slots=True)
class TasksAhead:
    """How many a supplier has to do, and whether one of them may be done."""

    to_do: int
    answered: bool


async def tasks_of(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    to_do: TaskSpan = TaskSpan(),  # noqa: B008 - it is frozen
    closed: TaskSpan = TaskSpan(),  # noqa: B008
) -> Tasks | None:
    """A part of either sort; None when the account has no such conversation."""
    beside = await beside_conversation(session, account_id, conversation_id)
    if beside is None:
        return None
    first, more_to_do = await TO_DO.part(session, beside, to_do)
    over, more_closed = await CLOSED.part(session, beside, closed)
    zone = await _zone(session, account_id)
    answer = await _last_answer(session, account_id, conversation_id)
    rows = {
        facts.task.id: _row(
            facts, zone, answer if facts.task.supplier_id == beside.actor_id else None
        )
        for facts in await _facts(session, account_id, [*first, *over])
    }
    said = clean_line(answer.text or "", _LONGEST_ANSWER) if answer else ""
    return Tasks(
        to_do=[rows[id_] for id_ in first],
        closed=[rows[id_] for id_ in over],
        more_to_do=more_to_do,
        more_closed=more_closed,
        answer=said,
    )


async def beside_conversation(
    session: AsyncSession, account_id: int, conversation_id: int
) -> Beside | None:
    """None when the account has no such conversation."""
    query = select(Conversation.actor_id).where(
        col(Conversation.account_id) == account_id, col(Conversation.id) == conversation_id
    )
    found = (await session.exec(query)).all()
    return Beside(account_id, conversation_id, found[0]) if found else None


async def tasks_ahead(
    session: AsyncSession, account_id: int, conversation_id: int, actor_id: int
) -> TasksAhead:
    """Of the supplier whom a conversation is with."""
    query = select(func.count(), func.min(Task.asked_at)).where(
        col(Task.account_id) == account_id, *listed(closed=False), col(Task.supplier_id) == actor_id
    )
    count, asked_at = (await session.exec(query)).one()
    if asked_at is None:
        return TasksAhead(count, answered=False)
    answer = await _last_answer(session, account_id, conversation_id)
    return TasksAhead(count, answered=answer is not None and answer.created_at > asked_at)


async def _zone(session: AsyncSession, account_id: int) -> str:
    query = select(Account.timezone).where(col(Account.id) == account_id)
    return (await session.exec(query)).one()


async def _last_answer(
    session: AsyncSession, account_id: int, conversation_id: int
) -> Message | None:
    """The latest of what came in and somebody meant to say."""
    query = (
        select(Message)
        .where(
            col(Message.account_id) == account_id,
            col(Message.conversation_id) == conversation_id,
            col(Message.direction) == Direction.IN,
            col(Message.kind) != MessageKind.SYSTEM,
            col(Message.amends).is_(None),
        )
        .order_by(col(Message.sent_at).desc(), col(Message.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


@dataclass(frozen=True, slots=True)
class _Facts:
    task: Task
    home: Accommodation | None
    supplier: str
    conversation_id: int | None
    photo_id: int | None


async def _facts(session: AsyncSession, account_id: int, ids: Sequence[int]) -> list[_Facts]:
    home = func.coalesce(Task.accommodation_id, Reservation.accommodation_id)
    query = (
        select(Task, Accommodation, Actor.name)
        .outerjoin(Reservation, col(Reservation.id) == col(Task.reservation_id))
        .outerjoin(Accommodation, col(Accommodation.id) == home)
        .outerjoin(Actor, col(Actor.id) == col(Task.supplier_id))
        .where(col(Task.account_id) == account_id, col(Task.id).in_(ids))
    )
    found = (await session.exec(query)).all()
    origins = await _origins(session, account_id, [task.message_id for task, *_ in found])
    return [
        _Facts(task, home, name or "", *origins.get(task.message_id, (None, None)))
        for task, home, name in found
    ]


async def _origins(
    session: AsyncSession, account_id: int, message_ids: Sequence[int | None]
) -> dict[int | None, tuple[int, int | None]]:
    """By message, its conversation and the file of which there is a small picture."""
    query = (
        select(Message.id, Message.conversation_id, Media.id, Media.thumb_sha256)
        .outerjoin(Media, col(Media.message_id) == col(Message.id))
        .where(
            col(Message.account_id) == account_id,
            col(Message.id).in_([id_ for id_ in message_ids if id_]),
        )
    )
    return {
        id_: (conversation_id, media_id if thumb else None)
        for id_, conversation_id, media_id, thumb in await session.exec(query)
    }


def _row(facts: _Facts, account_zone: str, answer: Message | None) -> TaskRow:
    task, home = facts.task, facts.home
    zone = home.timezone if home else account_zone
    due = task.due_at and task.due_at.astimezone(ZoneInfo(zone))
    return TaskRow(
        id=str(task.id),
        title=task.title,
        kind=task.kind.value,
        status=task.status.value,
        description=task.description or "",
        home_id=str(task.accommodation_id or ""),
        home=clean_line(home.name, _LONGEST_NAME) if home else "",
        zone=zone,
        elsewhere=zone != account_zone,
        due_at=millis(task.due_at),
        due=f"{due:%Y-%m-%dT%H:%M}" if due else "",
        supplier_id=str(task.supplier_id or ""),
        supplier=clean_line(facts.supplier, _LONGEST_NAME),
        message=str(task.message_id or ""),
        conversation=str(facts.conversation_id or ""),
        photo=str(facts.photo_id or ""),
        answered=may_be_done(task.status, task.asked_at, answer and answer.created_at),
    )
