"""What of a thread has not left, and until when its author can take it back (M11)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.files.outgoing_files import FILES
from inbox_app.domain.messages import MessageKind
from inbox_app.models import Message, Outbox, OutboxState
from inbox_app.queries.thread.rows import HeldRow, MessageRow
from inbox_app.web import millis

_TYPED_OR_ATTACHED = {MessageKind.TEXT, *FILES}


async def with_held(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    rows: Sequence[MessageRow],
    now: datetime,
    ahead: timedelta,
) -> list[MessageRow]:
    """The rows, marked. They leave by the machine's time, which `now` is `ahead` of."""
    query = (
        select(Outbox, col(Message.author_id))
        .join(Message, col(Message.id) == col(Outbox.message_id))
        .where(
            col(Outbox.account_id) == account_id,
            col(Outbox.conversation_id) == conversation_id,
            _is_held(now - ahead),
            col(Message.kind).in_(_TYPED_OR_ATTACHED),
            col(Message.author_id).is_not(None),
        )
    )
    held = {
        str(send.message_id): HeldRow(author=str(author_id), until=_until(send, ahead))
        for send, author_id in await session.exec(query)
    }
    return [{**row, "held": held.get(row["id"])} for row in rows]


def _until(send: Outbox, ahead: timedelta) -> int:
    leaves = send.next_attempt_at if send.state is OutboxState.QUEUED else None
    return millis(leaves + ahead) if leaves else 0


def _is_held(real_now: datetime) -> ColumnElement[bool]:
    waits = and_(col(Outbox.state) == OutboxState.QUEUED, col(Outbox.next_attempt_at) > real_now)
    return or_(waits, col(Outbox.state) == OutboxState.HELD)
