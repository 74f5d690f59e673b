"""Asks somebody to send again what cannot be shown, in another form, or a file that was lost (M3,
M4)."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.catalogues import nearest, text_in
from inbox_app.channels.registry import channel_of
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import Direction, MessageKind, Origin
from inbox_app.models import Account, Actor, Conversation, Message
from inbox_app.queries.thread.notices import ASKED_AGAIN
from inbox_app.services.sending.send import queue_text

_ELSE = "en"
"""For whose language there is no catalogue."""


async def ask_again(
    session: AsyncSession, *, account_id: int, message_id: int, author_id: int, now: datetime
) -> Message:
    """The request in the person's language, queued; the same one for what was asked for before.

    Raises:
        NotFoundError: not this account's, or nothing that one asks for.
        SendRefusedError: free text cannot be sent now.
    """
    message, conversation = await _asked_for(session, account_id, message_id)
    words = _words(message, conversation, await _language(session, account_id, conversation))
    ref = f"{ASKED_AGAIN}{message.id}"
    if earlier := await _asked(session, account_id, ref):
        return earlier
    return await queue_text(
        session,
        account_id=account_id,
        conversation_id=conversation.id,
        text=words,
        author_id=author_id,
        origin=Origin.PM,
        client_ref=ref,
        now=now,
    )


async def _asked_for(
    session: AsyncSession, account_id: int, message_id: int
) -> tuple[Message, Conversation]:
    query = (
        select(Message, Conversation)
        .join(Conversation, col(Conversation.id) == col(Message.conversation_id))
        .where(
            col(Message.id) == message_id,
            col(Message.account_id) == account_id,
            (col(Message.kind) == MessageKind.UNSUPPORTED)
            | col(Message.error_message).is_not(None),
            col(Message.direction) == Direction.IN,
        )
    )
    found = (await session.exec(query)).one_or_none()
    if found is None:
        raise NotFoundError
    return found


async def _asked(session: AsyncSession, account_id: int, ref: str) -> Message | None:
    """In whatever language that was."""
    query = select(Message).where(
        col(Message.account_id) == account_id, col(Message.client_ref) == ref
    )
    return (await session.exec(query)).one_or_none()


async def _language(session: AsyncSession, account_id: int, conversation: Conversation) -> str:
    """The person's; the company's while it is not known."""
    query = (
        select(Account.language, Actor.language)
        .outerjoin(
            Actor,
            (col(Actor.id) == conversation.actor_id) & (col(Actor.account_id) == account_id),
        )
        .where(col(Account.id) == account_id)
    )
    ours, theirs = (await session.exec(query)).one()
    return nearest(theirs or ours) or _ELSE


def _words(message: Message, conversation: Conversation, language: str) -> str:
    if message.kind is not MessageKind.UNSUPPORTED:
        return text_in(
            language,
            "Sorry, the file that you sent did not reach us. Could you please send it again?",
        )
    form = channel_of(conversation.channel).form_to_ask_for(message.unsupported_type or "")
    if form is None:
        raise NotFoundError
    return _in_form(form, language)


def _in_form(form: MessageKind, language: str) -> str:
    if form is MessageKind.IMAGE:
        return text_in(
            language,
            "Sorry, we can't see what you sent in this format. "
            "Could you please send it again as an ordinary photo?",
        )
    if form is MessageKind.LOCATION:
        return text_in(
            language,
            "Sorry, we can't see the location that you shared. "
            "Could you please send your current location instead?",
        )
    return text_in(
        language,
        "Sorry, we can't see what you sent in this format. "
        "Could you please write it again as an ordinary text message?",
    )
