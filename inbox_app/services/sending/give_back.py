"""Puts what did not leave back into the box it was written in: nothing typed is lost."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import MessageKind
from inbox_app.models import Draft, Media, Message, Upload
from inbox_app.services.conversations.save_draft import save_draft


async def keep_refused(
    session: AsyncSession,
    text: str,
    *,
    account_id: int,
    author_id: int,
    conversation_id: int,
    now: datetime,
) -> None:
    """After what is in the box, unless it is there: a page may have saved it as the draft, and may
    send it again. Where there is no such conversation it is nobody's."""
    query = select(Draft.text).where(
        col(Draft.account_id) == account_id,
        col(Draft.user_id) == author_id,
        col(Draft.conversation_id) == conversation_id,
    )
    there = (await session.exec(query)).one_or_none() or ""
    if text.strip() in there:
        return
    whole = "\n\n".join(filter(None, [there, text]))
    await save_draft(
        session,
        account_id=account_id,
        user_id=author_id,
        conversation_id=conversation_id,
        text=whole,
        now=now,
    )


async def into_the_box(
    session: AsyncSession,
    texts: Sequence[str],
    *,
    account_id: int,
    author_id: int,
    conversation_id: int,
    now: datetime,
) -> None:
    """One after another, before what was begun there since."""
    query = select(Draft).where(
        col(Draft.account_id) == account_id,
        col(Draft.user_id) == author_id,
        col(Draft.conversation_id) == conversation_id,
    )
    draft = (await session.exec(query.with_for_update())).one_or_none() or Draft(
        account_id=account_id,
        user_id=author_id,
        conversation_id=conversation_id,
        text="",
        updated_at=now,
    )
    draft.text, draft.updated_at = "\n\n".join(filter(None, [*texts, draft.text])), now
    session.add(draft)
    await session.flush()


async def give_back(session: AsyncSession, message: Message, now: datetime) -> None:
    """To its author: what was typed into the box, a file beside it. Nobody typed a template."""
    if message.author_id is None:
        return
    ours = col(Media.account_id) == message.account_id
    query = select(Media).where(ours, col(Media.message_id) == message.id)
    if file := (await session.exec(query)).one_or_none():
        session.add(_beside_the_draft(message, message.author_id, file, now))
    if message.text and message.kind is not MessageKind.TEMPLATE:
        await into_the_box(
            session,
            [message.text],
            account_id=message.account_id,
            author_id=message.author_id,
            conversation_id=message.conversation_id,
            now=now,
        )


def _beside_the_draft(message: Message, author_id: int, file: Media, now: datetime) -> Upload:
    """Under a new ``ref``: what comes by the old one was taken back."""
    return Upload(
        account_id=message.account_id,
        user_id=author_id,
        conversation_id=message.conversation_id,
        ref=secrets.token_urlsafe(16),
        kind=message.kind,
        content_type=file.mime_type,
        filename=file.filename or "",
        sha256=file.sha256 or "",
        size=file.size or 0,
        width=file.width,
        height=file.height,
        pages=file.pages,
        thumb_sha256=file.thumb_sha256,
        created_at=now,
    )
