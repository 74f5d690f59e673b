"""What a new task begins with, and what can be chosen for one."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import clean_line
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.tasks import title_of
from inbox_app.models import Accommodation, Actor, Conversation, Media, Message, Reservation, Task
from inbox_app.queries.inbox.stay import primary_stay
from inbox_app.queries.people.found_actors import ids_found
from inbox_app.queries.stays.rows import ChoiceRow
from inbox_app.queries.tasks.rows import TaskFormRow

_LONGEST_NAME = 80
_MOST = 20

NO_FORM = TaskFormRow(
    count=0,
    message="",
    title="",
    description="",
    home_id="",
    home="",
    supplier_id="",
    supplier="",
    photo="",
)


async def begun(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    message_id: int | None,
    now: datetime,
) -> TaskFormRow | None:
    """For who is talked with there, or from one of the messages: with its words, its picture and
    the home of their stay. None for what is not there."""
    query = (
        select(Conversation, Actor)
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .where(col(Conversation.account_id) == account_id, col(Conversation.id) == conversation_id)
    )
    found = (await session.exec(query)).first()
    if found is None:
        return None
    form = NO_FORM.copy()
    await _put_whose(session, account_id, form, found[1], now)
    if message_id is not None and not await _put_words(
        session, account_id, conversation_id, form, message_id
    ):
        return None
    return form


async def suppliers_found(session: AsyncSession, account_id: int, words: str) -> list[ChoiceRow]:
    """By name or number; without words the first of all."""
    listed = select(Actor.id, Actor.name).where(
        col(Actor.account_id) == account_id,
        col(Actor.kind) == ActorKind.SUPPLIER,
        col(Actor.archived_at).is_(None),
    )
    if words.strip():
        ids = await ids_found(session, account_id, words, limit=_MOST, kind=ActorKind.SUPPLIER)
        listed = listed.where(col(Actor.id).in_(ids))
    in_order = listed.order_by(col(Actor.sort_name), col(Actor.id)).limit(_MOST)
    return [
        ChoiceRow(id=str(id_), name=clean_line(name, _LONGEST_NAME))
        for id_, name in await session.exec(in_order)
    ]


async def zone_for(
    session: AsyncSession, account_id: int, home_id: int | None, task_id: int | None
) -> str | None:
    """Of a home or, without one, of that of the task's stay; None where neither is known."""
    if home_id is None:
        of_task = (
            select(Reservation.accommodation_id)
            .join(Task, col(Task.reservation_id) == col(Reservation.id))
            .where(col(Task.account_id) == account_id, col(Task.id) == task_id)
        )
        home_id = (await session.exec(of_task)).first()
    query = select(Accommodation.timezone).where(
        col(Accommodation.account_id) == account_id, col(Accommodation.id) == home_id
    )
    return (await session.exec(query)).first()


async def _put_whose(
    session: AsyncSession, account_id: int, form: TaskFormRow, actor: Actor | None, now: datetime
) -> None:
    """The supplier, or the home of a guest's stay."""
    if actor is None:
        return
    if actor.kind is ActorKind.SUPPLIER and actor.archived_at is None:
        form["supplier_id"] = str(actor.id)
        form["supplier"] = clean_line(actor.name, _LONGEST_NAME)
    stay = (await primary_stay(session, account_id, [actor.id], now)).get(actor.id)
    if stay is not None:
        form["home_id"] = str(stay.home.id)
        form["home"] = clean_line(stay.home.name, _LONGEST_NAME)


async def _put_words(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    form: TaskFormRow,
    message_id: int,
) -> bool:
    """False when there is no such message."""
    query = (
        select(Message.text, Media.id, Media.thumb_sha256)
        .select_from(Message)
        .outerjoin(Media, col(Media.message_id) == col(Message.id))
        .where(
            col(Message.account_id) == account_id,
            col(Message.conversation_id) == conversation_id,
            col(Message.id) == message_id,
        )
    )
    found = (await session.exec(query)).first()
    if found is None:
        return False
    text, media_id, thumb = found
    form["message"], form["title"] = str(message_id), title_of(text or "")
    form["description"] = text or "" if (text or "").strip() != form["title"] else ""
    form["photo"] = str(media_id) if thumb else ""
    return True
