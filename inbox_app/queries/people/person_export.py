"""All that is kept of one person, a portion at a time (A6)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.files.file_names import save_as
from inbox_app.models import Accommodation, Conversation, Media, MediaState, Message, Task
from inbox_app.queries.people.actor_record import actor_record
from inbox_app.queries.people.rows import ActorRecord

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of a message: what it is called in the export, and in the storage."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ExportedMessage:
    """What was said, as it is kept."""

    id: int
    conversation: int
    direction: str
    kind: str
    text: str | None
    details: dict[str, Any] | None
    status: str | None
    sent_at: datetime
    file: ExportedFile | None


@dataclass(frozen=True, slots=True)
class ExportedTask:
    """Work that they had to do, or that somebody made of what they wrote."""

    title: str
    kind: str
    status: str
    description: str | None
    accommodation: str | None
    due_at: str | None


async def exported_facts(
    session: AsyncSession, account_id: int, actor_id: int, now: datetime
) -> ActorRecord | None:
    """None when the account has no such actor."""
    return await actor_record(session, account_id, actor_id, now)


async def exported_tasks(
    session: AsyncSession, account_id: int, actor_id: int
) -> list[ExportedTask]:
    """In the order in which they were made, archived ones too."""
    wrote = (
        select(Message.id)
        .join(Conversation, col(Conversation.id) == col(Message.conversation_id))
        .where(col(Conversation.account_id) == account_id, col(Conversation.actor_id) == actor_id)
    )
    query = (
        select(Task, Accommodation.name)
        .outerjoin(Accommodation, col(Accommodation.id) == col(Task.accommodation_id))
        .where(
            col(Task.account_id) == account_id,
            or_(col(Task.supplier_id) == actor_id, col(Task.message_id).in_(wrote)),
        )
        .order_by(col(Task.id))
    )
    return [
        ExportedTask(
            title=task.title,
            kind=task.kind.value,
            status=task.status.value,
            description=task.description,
            accommodation=home,
            due_at=task.due_at.isoformat() if task.due_at else None,
        )
        for task, home in await session.exec(query)
    ]


async def exported_messages(
    session: AsyncSession, account_id: int, actor_id: int
) -> AsyncIterator[list[ExportedMessage]]:
    """Of all their conversations, in the order in which they came in."""
    after = 0
    while some := await _messages(session, account_id, actor_id, after):
        yield some
        after = some[-1].id


async def _messages(
    session: AsyncSession, account_id: int, actor_id: int, after: int
) -> list[ExportedMessage]:
    theirs = select(Conversation.id).where(
        col(Conversation.account_id) == account_id, col(Conversation.actor_id) == actor_id
    )
    query = (
        select(Message, Media)
        .outerjoin(Media, col(Media.message_id) == col(Message.id))
        .where(
            col(Message.account_id) == account_id,
            col(Message.conversation_id).in_(theirs),
            col(Message.id) > after,
        )
        .order_by(col(Message.id))
        .limit(_AT_ONCE)
    )
    return [_exported(message, media) for message, media in await session.exec(query)]


def _exported(message: Message, media: Media | None) -> ExportedMessage:
    return ExportedMessage(
        id=message.id,
        conversation=message.conversation_id,
        direction=message.direction.value,
        kind=message.kind.value,
        text=message.text,
        details=message.details,
        status=message.status.value if message.status else None,
        sent_at=message.sent_at,
        file=_file(media) if media and media.state is MediaState.READY else None,
    )


def _file(media: Media) -> ExportedFile | None:
    if media.sha256 is None:
        return None
    name = save_as(media.filename or "", media.content_type or media.mime_type, media.id)
    return ExportedFile(f"files/{media.id}-{name}", media.sha256)
