"""«Riprova»: really sends a message again that did not arrive, or may not have (M6)."""

from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import sending
from inbox_app.domain.delivery import retries
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import Direction
from inbox_app.models import Message, Outbox
from inbox_app.services.conversations.reckon_waiting import reckon_waiting
from inbox_app.services.sending.send import decide, put_in_outbox


async def retry(session: AsyncSession, account_id: int, message_id: int, now: datetime) -> Message:
    """The message, queued again at today's time; as it is, when it is on its way or arrived.

    Raises:
        NotFoundError: not this account's, or nothing of ours that can be sent again.
        SendRefusedError: the conversation takes no such message now.
    """
    message = await _locked(session, account_id, message_id)
    if not retries.may_retry(message.status, message.status_at, now):
        return message
    decision = await decide(session, message, now)
    if not sending.may_retry(message.kind, decision):
        raise SendRefusedError(decision)
    message.billed = message.charge_category = message.charge_type = message.charge_model = None
    message.provider_id = message.error_code = message.error_message = message.remedy = None
    ours = col(Outbox.account_id) == account_id
    await session.exec(delete(Outbox).where(ours, col(Outbox.message_id) == message.id))
    await put_in_outbox(session, message, now)
    await reckon_waiting(await session.connection(), [message.conversation_id])
    return message


async def _locked(session: AsyncSession, account_id: int, message_id: int) -> Message:
    """The message, ours alone until the commit: two clicks send once."""
    query = (
        select(Message)
        .where(
            col(Message.id) == message_id,
            col(Message.account_id) == account_id,
            col(Message.direction) == Direction.OUT,
        )
        .with_for_update()
    )
    message = (await session.exec(query)).one_or_none()
    if message is None:
        raise NotFoundError
    return message
