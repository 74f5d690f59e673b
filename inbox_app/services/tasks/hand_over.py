"""A task on its way to its supplier: its words stand in the box, its photo beside them; nothing is
sent (P3)."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.base import Channel
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.files.outgoing_files import FileRefusedError, OutgoingFile
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.tasks import handover
from inbox_app.models import (
    Accommodation,
    Account,
    Actor,
    Draft,
    Media,
    MediaState,
    Reservation,
    Task,
    Upload,
)
from inbox_app.services.conversations.open_conversation import for_actor_by_id
from inbox_app.services.conversations.save_draft import save_draft
from inbox_app.services.sending.attach import attach

_PHOTOS = ("image/jpeg", "image/png")
_LARGEST = 5_000_000
"""That every channel takes as it is."""


async def write_to_supplier(
    session: AsyncSession,
    channel: Channel,
    *,
    account_id: int,
    task_id: int,
    user_id: int,
    ref: str,
    now: datetime,
) -> int:
    """The id of the conversation with them; what stood in the box stays above. ``ref`` is for the
    photo.

    Raises ``NotFoundError``, and what ``for_actor_by_id`` does.
    """
    task, text = await _told(session, account_id, task_id)
    conversation = await for_actor_by_id(session, account_id, channel, task.supplier_id or 0, now)
    await session.flush()
    of = {"account_id": account_id, "user_id": user_id, "conversation_id": conversation.id}
    before = await _draft(session, **of)
    if text not in before:
        words = "\n\n".join(filter(None, (before, text)))
        await save_draft(session, **of, text=words, now=now)
    await _attach_photo(session, task, ref, now, **of)
    return conversation.id


async def _told(session: AsyncSession, account_id: int, task_id: int) -> tuple[Task, str]:
    home = func.coalesce(Task.accommodation_id, Reservation.accommodation_id)
    query = (
        select(Task, Accommodation, Actor.language, Account)
        .join(Account, col(Account.id) == col(Task.account_id))
        .join(Actor, col(Actor.id) == col(Task.supplier_id))
        .outerjoin(Reservation, col(Reservation.id) == col(Task.reservation_id))
        .outerjoin(Accommodation, col(Accommodation.id) == home)
        .where(
            col(Task.account_id) == account_id,
            col(Task.id) == task_id,
            col(Task.archived_at).is_(None),
        )
    )
    found = (await session.exec(query)).one_or_none()
    if found is None:
        raise NotFoundError
    task, there, language, account = found
    text = handover(
        task.title,
        task.description or "",
        there.name if there else "",
        task.due_at,
        there.timezone if there else account.timezone,
        language or account.language,
    )
    return task, text


async def _draft(
    session: AsyncSession, *, account_id: int, user_id: int, conversation_id: int
) -> str:
    query = select(Draft.text).where(
        col(Draft.account_id) == account_id,
        col(Draft.user_id) == user_id,
        col(Draft.conversation_id) == conversation_id,
    )
    return (await session.exec(query)).first() or ""


async def _attach_photo(
    session: AsyncSession,
    task: Task,
    ref: str,
    now: datetime,
    *,
    account_id: int,
    user_id: int,
    conversation_id: int,
) -> None:
    """Unless it stands there already, or is none that can be sent as it is."""
    query = select(Media).where(
        col(Media.account_id) == account_id,
        col(Media.message_id) == task.message_id,
        col(Media.state) == MediaState.READY,
        col(Media.content_type).in_(_PHOTOS),
        col(Media.size) <= _LARGEST,
    )
    photo = (await session.exec(query)).one_or_none()
    if photo is None or photo.sha256 is None:
        return
    theirs = select(Upload.id).where(
        col(Upload.account_id) == account_id,
        col(Upload.user_id) == user_id,
        col(Upload.conversation_id) == conversation_id,
        col(Upload.sha256) == photo.sha256,
    )
    if (await session.exec(theirs)).first() is not None:
        return
    file = OutgoingFile(
        kind=MessageKind.IMAGE,
        content_type=photo.content_type or "",
        filename=photo.filename or "photo.jpg",
        sha256=photo.sha256,
        size=photo.size or 0,
        width=photo.width,
        height=photo.height,
        thumb_sha256=photo.thumb_sha256,
    )
    try:
        await attach(
            session, file, account_id=account_id, user_id=user_id,
            conversation_id=conversation_id, ref=ref, now=now,
        )  # fmt: skip
    except FileRefusedError:
        return
