"""What was read is no news any more: nobody is told of it from then on, and where it stands on a
screen it goes (N1)."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.notifications import NotificationKind
from inbox_app.models import Conversation, Message, Notification, NotifiedDevice, Push, Unseen
from inbox_app.services.conversations.seen import seen_up_to


async def settle(session: AsyncSession, conversation: Conversation, user_id: int) -> None:
    """This person has read on in the conversation. That somebody wrote is over once all who come in
    have seen it, and for each of them once they have."""
    all_seen = select(func.min(col(Unseen.known_to))).where(
        col(Unseen.account_id) == conversation.account_id,
        col(Unseen.conversation_id) == conversation.id,
    )
    message, read = func.coalesce(col(Notification.message_id), 0), conversation.last_read_id
    by_all = func.coalesce(all_seen.scalar_subquery(), read)
    is_message = col(Notification.kind) == NotificationKind.MESSAGE
    over = (
        *_standing(conversation),
        is_message,
        message <= read,
        message <= by_all,
    )
    devices = await _devices(session, conversation.account_id, user_id)
    await session.exec(update(Notification).where(*over).values(settled=True))
    seen = await seen_up_to(session, conversation, user_id)
    theirs = select(Notification.id).where(*_standing(conversation), is_message, message <= seen)
    told = (
        col(Push.account_id) == conversation.account_id,
        col(Push.conversation_id) == conversation.id,
        col(Push.device_id).in_(devices),
        col(Push.notification_id).in_(theirs),
    )
    await session.exec(update(Push).where(*told).values(read=True))


async def _devices(session: AsyncSession, account_id: int, user_id: int) -> Sequence[int]:
    """Held, as whoever writes pushes does (``hold``): their conversation is locked already."""
    query = select(NotifiedDevice.id).where(
        col(NotifiedDevice.account_id) == account_id, col(NotifiedDevice.user_id) == user_id
    )
    held = query.order_by(col(NotifiedDevice.id)).with_for_update(read=True, key_share=True)
    return (await session.exec(held)).all()


def _standing(conversation: Conversation) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Notification.account_id) == conversation.account_id,
        col(Notification.conversation_id) == conversation.id,
        ~col(Notification.settled),
    )


async def settle_own(
    session: AsyncSession, account_id: int, user_id: int, conversation_id: int
) -> bool:
    """This person has looked at the conversation, and knows of what they were given; whether there
    was anything to know."""
    told = (
        col(Notification.account_id) == account_id,
        col(Notification.user_id) == user_id,
        or_(
            col(Notification.conversation_id) == conversation_id,
            col(Notification.conversation_id).is_(None),
        ),
        ~col(Notification.settled),
    )
    return (await session.exec(update(Notification).where(*told).values(settled=True))).rowcount > 0


async def settle_assigned(session: AsyncSession, account_id: int, ids: Collection[int]) -> None:
    """These conversations became somebody else's, or nobody's."""
    given = (
        col(Notification.account_id) == account_id,
        col(Notification.conversation_id).in_(ids),
        col(Notification.kind) == NotificationKind.ASSIGNED,
        ~col(Notification.settled),
    )
    await session.exec(update(Notification).where(*given).values(settled=True))


async def settle_erased(
    session: AsyncSession, account_id: int, messages: Sequence[Message]
) -> None:
    """What was told of these messages is to be read nowhere any more."""
    told = (
        col(Notification.account_id) == account_id,
        col(Notification.conversation_id).in_({each.conversation_id for each in messages}),
        col(Notification.message_id).in_([each.id for each in messages]),
        ~col(Notification.settled),
    )
    await session.exec(update(Notification).where(*told).values(settled=True))


async def settle_all(
    session: AsyncSession, account_id: int, conversation_ids: Collection[int]
) -> None:
    """Whatever was told of these conversations is over."""
    told = (
        col(Notification.account_id) == account_id,
        col(Notification.conversation_id).in_(conversation_ids),
        ~col(Notification.settled),
    )
    await session.exec(update(Notification).where(*told).values(settled=True))
