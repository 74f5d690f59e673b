"""An internal note: a message of the thread that never leaves, settles nothing, opens nothing."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.conversations.mentions import mentioned
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import (
    Direction,
    MessageKind,
    Origin,
    TextProblem,
    clean_line,
    clean_text,
    text_problem,
)
from inbox_app.models import Conversation, Mention, Message
from inbox_app.queries.accounts.colleagues import colleagues
from inbox_app.services.notifications.note import note_mentions
from inbox_app.services.search.index_messages import index_messages, said_by


class NoteRefusedError(Exception):
    """There is nothing in it, or too much."""

    def __init__(self, problem: TextProblem) -> None:
        super().__init__(problem)
        self.problem = problem


async def write_note(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    text: str,
    author_id: int | None,
    client_ref: str | None,
    now: datetime,
) -> Message:
    """The one there is under ``client_ref``, if any. Raises ``NotFoundError`` and
    ``NoteRefusedError``."""
    await _lock(session, account_id, conversation_id)
    ref = clean_line(client_ref or "") or None
    if ref and (before := await _under(session, account_id, ref)):
        return before
    words = clean_text(text)
    if problem := text_problem(words):
        raise NoteRefusedError(problem)
    note = Message(
        account_id=account_id,
        conversation_id=conversation_id,
        direction=Direction.INTERNAL,
        kind=MessageKind.NOTE,
        text=words,
        origin=Origin.API if author_id is None else Origin.PM,
        author_id=author_id,
        client_ref=ref,
        sent_at=now.replace(microsecond=0),
        created_at=now,
    )
    session.add(note)
    await session.flush()
    await index_messages(await session.connection(), [said_by(note)])
    await _note_mentions(session, note, now)
    return note


async def _lock(session: AsyncSession, account_id: int, conversation_id: int) -> None:
    query = select(Conversation.id).where(
        col(Conversation.account_id) == account_id, col(Conversation.id) == conversation_id
    )
    if (await session.exec(query.with_for_update())).first() is None:
        raise NotFoundError


async def _under(session: AsyncSession, account_id: int, client_ref: str) -> Message | None:
    query = select(Message).where(
        col(Message.account_id) == account_id,
        col(Message.client_ref) == client_ref,
        col(Message.direction) == Direction.INTERNAL,
    )
    return (await session.exec(query)).one_or_none()


async def _note_mentions(session: AsyncSession, note: Message, now: datetime) -> None:
    """Whoever writes about themselves need not be told."""
    people = await colleagues(session, note.account_id)
    names = {int(each["id"]): each["name"] for each in people}
    mentions = [
        Mention(
            account_id=note.account_id,
            user_id=person,
            conversation_id=note.conversation_id,
            message_id=note.id,
            created_at=now,
        )
        for person in mentioned(note.text or "", names)
        if person != note.author_id
    ]
    session.add_all(mentions)
    await session.flush()
    await note_mentions(await session.connection(), note.id, mentions)
