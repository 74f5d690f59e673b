"""Takes files to be sent: the message, its file and its place in the outbox, in one transaction
(M2, W1, B17)."""

import secrets
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain import messages, sending
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.files.outgoing_files import OutgoingFile
from inbox_app.domain.messages import Origin, TextProblem
from inbox_app.models import Conversation, Media, MediaState, Message, Upload
from inbox_app.services.sending.send import (
    BadTextError,
    SendWithdrawnError,
    decide,
    locked,
    outgoing,
    queue,
    sent_before,
    withdrawn,
)

_UPLOAD = "upload:"


async def queue_file(
    session: AsyncSession,
    file: OutgoingFile,
    *,
    account_id: int,
    conversation_id: int,
    caption: str,
    author_id: int | None,
    origin: Origin,
    client_ref: str | None,
    now: datetime,
    not_before: datetime | None = None,
) -> Message:
    """The queued message; for a `client_ref` that was seen before, the message it made then.

    It can be taken back until `not_before`, a real time, and leaves after it.

    Raises:
        NotFoundError: the conversation is not this account's.
        ReferenceTakenError: the `client_ref` is another message's.
        SendWithdrawnError: it was taken back.
        BadTextError: the caption is longer than is taken.
        SendRefusedError: such a file cannot be sent now.
    """
    conversation = await locked(session, account_id, conversation_id)
    message = outgoing(
        conversation,
        file.kind,
        author_id=author_id,
        origin=origin,
        client_ref=client_ref,
        now=now,
    )
    message.text = _checked(caption, conversation)
    if earlier := await sent_before(session, message):
        return earlier
    decision = await decide(session, message, now)
    if not sending.may_send_file(file.kind, decision):
        raise SendRefusedError(decision)
    queued = await queue(session, conversation, message, now, not_before=not_before)
    session.add(_media(queued, file, now))
    await session.flush()
    return queued


async def queue_upload(
    session: AsyncSession,
    ref: str,
    *,
    account_id: int,
    conversation_id: int,
    user_id: int,
    caption: str,
    now: datetime,
    not_before: datetime | None = None,
) -> Message:
    """What this person has attached becomes a message, and is beside their draft no more; what was
    sent before is not sent again.

    Raises what ``queue_file`` does, and ``NotFoundError`` for an upload that is not this person's
    for this conversation.
    """
    await locked(session, account_id, conversation_id)
    upload = await _upload(session, account_id, conversation_id, user_id, ref)
    if upload is None:
        return await _sent(session, account_id, conversation_id, ref)
    message = await queue_file(
        session,
        file_of(upload),
        account_id=account_id,
        conversation_id=conversation_id,
        caption=caption,
        author_id=user_id,
        origin=Origin.PM,
        client_ref=client_ref_of(ref),
        now=now,
        not_before=not_before,
    )
    await session.delete(upload)
    await session.flush()
    return message


async def renew_upload(
    session: AsyncSession, account_id: int, conversation_id: int, user_id: int, client_ref: str
) -> None:
    """What was attached, and taken back before it came here to be sent, can be sent again: by
    another ``ref``."""
    ref = upload_of(client_ref)
    if upload := await _upload(session, account_id, conversation_id, user_id, ref):
        upload.ref = secrets.token_urlsafe(16)
        await session.flush()


def file_of(upload: Upload) -> OutgoingFile:
    return OutgoingFile(
        kind=upload.kind,
        content_type=upload.content_type,
        filename=upload.filename,
        sha256=upload.sha256,
        size=upload.size,
        width=upload.width,
        height=upload.height,
        pages=upload.pages,
        thumb_sha256=upload.thumb_sha256,
    )


def upload_of(client_ref: str) -> str:
    """The ``ref`` of the upload that became the message of this `client_ref`, or is to."""
    return client_ref.removeprefix(_UPLOAD)


def client_ref_of(ref: str) -> str:
    """The `client_ref` of the message that the upload ``ref`` becomes."""
    return f"{_UPLOAD}{ref}"


async def _upload(
    session: AsyncSession, account_id: int, conversation_id: int, user_id: int, ref: str
) -> Upload | None:
    query = select(Upload).where(
        col(Upload.account_id) == account_id,
        col(Upload.conversation_id) == conversation_id,
        col(Upload.user_id) == user_id,
        col(Upload.ref) == ref,
    )
    return (await session.exec(query)).one_or_none()


async def _sent(session: AsyncSession, account_id: int, conversation_id: int, ref: str) -> Message:
    query = select(Message).where(
        col(Message.account_id) == account_id,
        col(Message.conversation_id) == conversation_id,
        col(Message.client_ref) == client_ref_of(ref),
    )
    message = (await session.exec(query)).one_or_none()
    if message is None:
        gone = await withdrawn(session, account_id, client_ref_of(ref))
        raise SendWithdrawnError if gone else NotFoundError
    return message


def _checked(caption: str, conversation: Conversation) -> str | None:
    text = messages.clean_text(caption).strip()
    if len(text) > channel_of(conversation.channel).file_limits.caption:
        raise BadTextError(TextProblem.TOO_LONG)
    return text or None


def _media(message: Message, file: OutgoingFile, now: datetime) -> Media:
    return Media(
        account_id=message.account_id,
        message_id=message.id,
        mime_type=file.content_type,
        content_type=file.content_type,
        filename=file.filename,
        size=file.size,
        sha256=file.sha256,
        width=file.width,
        height=file.height,
        pages=file.pages,
        thumb_sha256=file.thumb_sha256,
        state=MediaState.READY,
        created_at=now,
    )
