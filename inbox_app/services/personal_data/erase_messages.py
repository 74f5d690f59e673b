"""What was said with somebody, and was about to be, loses its contents (A6)."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import DeliveryStatus, MessageKind
from inbox_app.domain.people.erasing import nameless
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import (
    Conversation,
    Draft,
    Media,
    Mention,
    Message,
    Outbox,
    OutboxState,
    Upload,
    WebhookEvent,
)
from inbox_app.services.notifications.settle import settle_erased
from inbox_app.services.personal_data.erase_tasks import erase_tasks
from inbox_app.services.personal_data.person_ids import Theirs
from inbox_app.services.search.index_messages import said_by, unindex_messages

_AT_ONCE = 500
_OF_MESSAGES = (WebhookEventType.MESSAGE_RECEIVED, WebhookEventType.MESSAGE_UPDATED)
_OF_CONVERSATIONS = (WebhookEventType.CONVERSATION_LINKED, WebhookEventType.WINDOW_CLOSING)


async def erase_messages(
    session: AsyncSession, theirs: Theirs, senders: Collection[str], name: str
) -> tuple[int, set[str]]:
    """How many were emptied, and the names of their files; also what the ``senders`` wrote in
    groups. Tasks that were made of them have ``name`` for a title."""
    count, files = 0, set[str]()
    while some := await _some_messages(session, theirs, senders):
        files |= await empty_messages(session, theirs.account_id, some)
        ids = [message.id for message in some]
        await erase_tasks(session, theirs.account_id, ids, name)
        count += len(some)
    return count, files


async def forget_what_is_begun(session: AsyncSession, theirs: Theirs) -> set[str]:
    """Drafts, files beside them, and what has not left; the names of the files."""
    at_theirs = (
        col(Upload.account_id) == theirs.account_id,
        col(Upload.conversation_id).in_(theirs.conversation_ids),
    )
    files = {
        name
        for row in await session.exec(select(Upload.sha256, Upload.thumb_sha256).where(*at_theirs))
        for name in row
        if name
    }
    await session.exec(delete(Upload).where(*at_theirs))
    await session.exec(
        delete(Draft).where(
            col(Draft.account_id) == theirs.account_id,
            col(Draft.conversation_id).in_(theirs.conversation_ids),
        )
    )
    await _stop_sends(session, theirs)
    talks = theirs.conversation_ids
    await _forget_told(session, theirs.account_id, _OF_CONVERSATIONS, talks)
    return files


async def _forget_told(
    session: AsyncSession,
    account_id: int,
    types: Collection[WebhookEventType],
    subject_ids: Collection[int],
) -> None:
    """What other systems were told, or are to be; what has reached them is theirs."""
    await session.exec(
        delete(WebhookEvent).where(
            col(WebhookEvent.account_id) == account_id,
            col(WebhookEvent.type).in_(types),
            col(WebhookEvent.subject_id).in_(subject_ids),
        )
    )


async def _stop_sends(session: AsyncSession, theirs: Theirs) -> None:
    """What is at the channel now is left to it."""
    not_left = (
        col(Outbox.account_id) == theirs.account_id,
        col(Outbox.conversation_id).in_(theirs.conversation_ids),
        col(Outbox.state) != OutboxState.CLAIMED,
    )
    waiting = select(col(Outbox.message_id)).where(*not_left, col(Outbox.state) != OutboxState.DONE)
    await session.exec(
        update(Message)
        .where(col(Message.account_id) == theirs.account_id, col(Message.id).in_(waiting))
        .values(status=DeliveryStatus.FAILED)
    )
    await session.exec(delete(Outbox).where(*not_left))


async def _some_messages(
    session: AsyncSession, theirs: Theirs, senders: Collection[str]
) -> list[Message]:
    """Of their conversations, and what they wrote in groups; none twice."""
    in_groups = select(Conversation.id).where(
        col(Conversation.account_id) == theirs.account_id, col(Conversation.group_id).is_not(None)
    )
    query = select(Message).where(
        col(Message.account_id) == theirs.account_id,
        or_(
            col(Message.conversation_id).in_(theirs.conversation_ids),
            col(Message.conversation_id).in_(in_groups) & col(Message.sender).in_(senders),
        ),
        says_something(),
    )
    return list(await session.exec(query.limit(_AT_ONCE)))


def says_something() -> ColumnElement[bool]:
    """Of a message: there is anything to empty."""
    return or_(
        col(Message.kind).not_in([MessageKind.ERASED, MessageKind.SYSTEM]),
        col(Message.text).is_not(None),
        col(Message.details).is_not(None),
        col(Message.sender).is_not(None),
    )


async def empty_messages(
    session: AsyncSession, account_id: int, some: Sequence[Message]
) -> set[str]:
    """Of messages, all but their place and what became of them; the names of their files."""
    await unindex_messages(await session.connection(), [said_by(message) for message in some])
    of_them = (
        col(Media.account_id) == account_id,
        col(Media.message_id).in_([message.id for message in some]),
    )
    names = select(Media.sha256, Media.thumb_sha256, Media.playable_sha256).where(*of_them)
    files = {name for row in await session.exec(names) for name in row if name}
    await session.exec(delete(Media).where(*of_them))
    ids = [message.id for message in some]
    await session.exec(
        delete(Mention).where(
            col(Mention.account_id) == account_id, col(Mention.message_id).in_(ids)
        )
    )
    await _forget_told(session, account_id, _OF_MESSAGES, [message.id for message in some])
    await settle_erased(session, account_id, some)
    for message in some:
        if message.kind is not MessageKind.SYSTEM:
            message.kind = MessageKind.ERASED
        message.text = message.details = message.sender = message.unsupported_type = None
        message.error_message, message.awaits_file, message.amends = None, False, None
        message.provider_id = nameless(message.provider_id)
        message.reply_to = nameless(message.reply_to)
        message.concerns = nameless(message.concerns)
        session.add(message)
    await session.flush()
    return files
