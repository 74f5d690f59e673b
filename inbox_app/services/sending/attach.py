"""Keeps files beside a person's draft until they are sent or taken away (M7)."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.files.outgoing_files import FileProblem, FileRefusedError, OutgoingFile
from inbox_app.models import Conversation, Upload
from inbox_app.queries.inbox.uploads import upload_of
from inbox_app.services.sending.send import ReferenceTakenError

KEPT_FOR = timedelta(days=30)
MOST = 100
"""That one person has attached and not sent."""


async def channel_for(session: AsyncSession, account_id: int, conversation_id: int) -> str:
    """By what the files of a conversation leave. Raises ``NotFoundError``."""
    query = select(Conversation.channel).where(
        col(Conversation.account_id) == account_id, col(Conversation.id) == conversation_id
    )
    channel = (await session.exec(query)).one_or_none()
    if channel is None:
        raise NotFoundError
    return channel_of(channel).key


async def attach(
    session: AsyncSession,
    file: OutgoingFile,
    *,
    account_id: int,
    user_id: int,
    conversation_id: int,
    ref: str,
    now: datetime,
) -> Upload:
    """A file that was prepared, by the `ref` that its page gave it; it may come twice.

    Raises:
        NotFoundError: the conversation is not this account's.
        ReferenceTakenError: the `ref` is another file's.
        FileRefusedError: too many wait already.
    """
    await channel_for(session, account_id, conversation_id)
    if earlier := await upload_of(session, account_id, user_id, ref):
        if earlier.conversation_id != conversation_id:
            raise ReferenceTakenError
        return earlier
    await _check_room(session, account_id, user_id)
    upload = Upload(
        account_id=account_id,
        user_id=user_id,
        conversation_id=conversation_id,
        ref=ref,
        kind=file.kind,
        content_type=file.content_type,
        filename=file.filename,
        sha256=file.sha256,
        size=file.size,
        width=file.width,
        height=file.height,
        pages=file.pages,
        thumb_sha256=file.thumb_sha256,
        created_at=now,
    )
    try:
        async with session.begin_nested():
            session.add(upload)
    except IntegrityError:
        raise ReferenceTakenError from None
    return upload


async def _check_room(session: AsyncSession, account_id: int, user_id: int) -> None:
    query = select(func.count()).where(
        col(Upload.account_id) == account_id, col(Upload.user_id) == user_id
    )
    if (await session.exec(query)).one() >= MOST:
        raise FileRefusedError(FileProblem.TOO_MANY)


async def detach(session: AsyncSession, account_id: int, user_id: int, ref: str) -> int | None:
    """The id of the conversation it was in, unless it was taken away or sent already."""
    theirs = col(Upload.account_id) == account_id, col(Upload.user_id) == user_id
    gone = delete(Upload).where(*theirs, col(Upload.ref) == ref)
    return (await session.exec(gone.returning(col(Upload.conversation_id)))).scalar_one_or_none()


async def forget_old_uploads(session: AsyncSession, now: datetime) -> None:
    """Nobody remembers what they meant to send."""
    await session.exec(delete(Upload).where(col(Upload.created_at) < now - KEPT_FOR))
