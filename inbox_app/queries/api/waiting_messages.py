"""What waits in the outbox for its time or for an answer, as the HTTP API shows it (M10, W7)."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, or_, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from inbox_app.models import Outbox, OutboxState
from inbox_app.queries.api.message_out import MessageOut, waiting_out
from inbox_app.queries.thread.thread import Place

_NO_TIME = datetime.max.replace(tzinfo=UTC)
"""Where those stand in the list that wait for an answer."""


async def waiting_messages(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    *,
    limit: int,
    after: Place | None,
) -> tuple[list[MessageOut], Place | None]:
    """A page of them as they will leave, by their time, then those that wait for an answer; and
    where the next one begins."""
    query = _those(account_id).where(col(Outbox.conversation_id) == conversation_id)
    if after is not None:
        query = query.where(_behind(after))
    in_order = query.order_by(col(Outbox.due_at).is_(None), col(Outbox.due_at), col(Outbox.id))
    found = (await session.exec(in_order.limit(limit + 1))).all()
    page = found[:limit]
    last = page[-1] if len(found) > limit else None
    return [*map(waiting_out, page)], last and Place(last.due_at or _NO_TIME, last.id)


async def waiting_message(session: AsyncSession, account_id: int, id_: int) -> MessageOut | None:
    """One of them; None when it is not this account's, or waits no more."""
    row = (await session.exec(_those(account_id).where(col(Outbox.id) == id_))).one_or_none()
    return waiting_out(row) if row else None


def _those(account_id: int) -> SelectOfScalar[Outbox]:
    return select(Outbox).where(
        col(Outbox.account_id) == account_id, col(Outbox.state) == OutboxState.WAITING
    )


def _behind(place: Place) -> ColumnElement[bool]:
    without_time = col(Outbox.due_at).is_(None)
    if place.sent_at == _NO_TIME:
        return and_(without_time, col(Outbox.id) > place.id)
    later = tuple_(col(Outbox.due_at), col(Outbox.id)) > tuple_(place.sent_at, place.id)
    return or_(without_time, later)
