"""Takes a message back by its id, whoever wrote it: one that waits (M10, W7), one that is held or
queued (M11); it is either taken back or sent, never both."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.ids import MessageName
from inbox_app.domain.messages import DeliveryStatus
from inbox_app.models import Message, WithdrawnSend
from inbox_app.services.sending.send import locked
from inbox_app.services.sending.send_later import cancel_later
from inbox_app.services.sending.undo_send import take_out


class HasLeftError(Exception):
    """It left, or may have; `status` is None for what came in."""

    def __init__(self, status: DeliveryStatus | None) -> None:
        super().__init__(status)
        self.status = status


async def take_back(
    session: AsyncSession, account_id: int, name: MessageName, now: datetime
) -> int:
    """It is gone, and a person's text in their box again; answers its conversation's id. Raises
    ``NotFoundError`` and ``HasLeftError``."""
    if name.waited:
        try:
            return await cancel_later(
                session, account_id=account_id, id_=name.number, user_id=None, now=now
            )
        except NotFoundError:
            pass
    conversation_id = await _conversation_of(session, account_id, name)
    conversation = await locked(session, account_id, conversation_id)
    one = select(Message).where(*_named(account_id, name)).with_for_update()
    message = (await session.exec(one)).one_or_none()
    if message is None:
        raise NotFoundError
    if not await take_out(session, conversation, message, now):
        raise HasLeftError(message.status)
    if ref := message.client_ref:
        session.add(WithdrawnSend(account_id=account_id, client_ref=ref, withdrawn_at=now))
        await session.flush()
    return conversation_id


async def _conversation_of(session: AsyncSession, account_id: int, name: MessageName) -> int:
    """Not locked yet: whoever writes messages locks their conversation first."""
    query = select(Message.conversation_id).where(*_named(account_id, name))
    conversation_id = (await session.exec(query)).one_or_none()
    if conversation_id is None:
        raise NotFoundError
    return conversation_id


def _named(account_id: int, name: MessageName) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    key = col(Message.waited_as) if name.waited else col(Message.id)
    return col(Message.account_id) == account_id, key == name.number
