"""What becomes of a message that did not leave, or that nobody knows of."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import messages
from inbox_app.domain.delivery.failures import Failure, Remedy
from inbox_app.domain.messages import DeliveryStatus, MessageKind
from inbox_app.models import Draft, Message
from inbox_app.services.conversations.reckon_waiting import reckon_waiting
from inbox_app.services.intake.status_updates import ProviderKey


async def mark_failed(
    session: AsyncSession,
    message: Message,
    failure: Failure,
    now: datetime,
    *,
    give_back: bool = True,
) -> None:
    """It did not leave, because of what the channel said or of something of ours.

    Whoever was answered with it waits again (P8). When a template must go first (B9, W5), the text
    waits where it was written.
    """
    before = message.status or DeliveryStatus.QUEUED
    message.status = messages.advance(before, DeliveryStatus.FAILED)
    message.status_at = now
    message.error_code, message.error_message = failure.code, failure.words
    message.remedy = failure.remedy
    await session.flush()
    await reckon_waiting(await session.connection(), [message.conversation_id])
    if give_back and failure.remedy is Remedy.WINDOW_CLOSED:
        await _give_back_as_draft(session, message, now)


def mark_unknown(message: Message, now: datetime) -> None:
    """Nobody can say whether it left; a status that came before the answer knows better."""
    if message.status is DeliveryStatus.QUEUED:
        message.status, message.status_at = DeliveryStatus.UNKNOWN, now


async def give_back_refused(
    session: AsyncSession, refused: Collection[ProviderKey], now: datetime
) -> None:
    """The same for messages that the channel took and then refused by a status."""
    query = select(Message).where(
        col(Message.connection_id).in_({connection_id for connection_id, _ in refused}),
        col(Message.provider_id).in_({provider_id for _, provider_id in refused}),
        col(Message.status) == DeliveryStatus.FAILED,
    )
    for message in (await session.exec(query)).all():
        if (message.connection_id, message.provider_id) in refused:
            await _give_back_as_draft(session, message, now)


async def _give_back_as_draft(session: AsyncSession, message: Message, now: datetime) -> None:
    """To its author, unless another draft stands there by now. Nobody wrote a template's text."""
    if message.author_id is None or message.kind is not MessageKind.TEXT or not message.text:
        return
    drafts = select(Draft.id).where(
        col(Draft.account_id) == message.account_id,
        col(Draft.user_id) == message.author_id,
        col(Draft.conversation_id) == message.conversation_id,
    )
    if (await session.exec(drafts)).first() is not None:
        return
    session.add(
        Draft(
            account_id=message.account_id,
            user_id=message.author_id,
            conversation_id=message.conversation_id,
            text=message.text,
            updated_at=now,
        )
    )
    await session.flush()
