"""The reply windows at what is connected now, and what the channel says of them (W4)."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import CTE, ColumnElement, Select, and_, false, func, literal, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from inbox_app.channels.registry import channels
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.messages import DeliveryStatus, Direction
from inbox_app.domain.reply_window import AMBER_FROM
from inbox_app.models import (
    Address,
    Connection,
    ConnectionState,
    Conversation,
    LastInbound,
    Message,
)
from inbox_app.models.base import UtcDateTime

_Moment = Mapped[datetime] | ColumnElement[datetime]
_Id = Mapped[int] | ColumnElement[int]

_BEGINNING = literal(datetime(1970, 1, 1, tzinfo=UTC), UtcDateTime())


def of_the_present_connection() -> ColumnElement[bool]:
    """Joins ``connection`` to ``last_inbound``: windows belong to what is connected now."""
    return and_(
        col(Connection.id) == col(LastInbound.connection_id),
        col(Connection.state) != ConnectionState.DISCONNECTED,
    )


def present_connection() -> ColumnElement[bool]:
    """Joins ``connection`` to ``conversation``; the database allows no second."""
    return and_(
        col(Connection.account_id) == col(Conversation.account_id),
        col(Connection.channel) == col(Conversation.channel),
        col(Connection.state) != ConnectionState.DISCONNECTED,
    )


def its_window() -> ColumnElement[bool]:
    """Joins ``last_inbound`` to those two, row by row: of a subquery SQLite would first write out
    every window of the account."""
    return and_(
        col(LastInbound.address_id) == col(Conversation.address_id),
        col(LastInbound.connection_id) == col(Connection.id),
    )


def closing(last_inbound_at: _Moment, now: datetime, within: timedelta) -> ColumnElement[bool]:
    """Whether a window of `Conversation` is open by the clock, and closes soon: by the length that
    its channel gives it, never where there is none."""
    return or_(
        false(),
        *(
            and_(
                col(Conversation.channel) == channel.key,
                last_inbound_at > now - channel.reply_window,
                last_inbound_at <= now - channel.reply_window + within,
            )
            for channel in channels()
            if channel.reply_window is not None
        ),
    )


def closing_within(
    within: timedelta, now: datetime, accounts: Select[int], *more: ColumnElement[bool]
) -> Select[int, int, datetime]:
    """The account and the id of each conversation of these accounts whose window closes so soon,
    and when they last wrote, the first to close first; the blocked aside, and those of which not
    ``more`` holds."""
    last = col(LastInbound.last_inbound_at)
    return (
        select_columns(col(Conversation.account_id), col(Conversation.id), last)
        .select_from(Conversation)
        .join(Address, col(Address.id) == col(Conversation.address_id))
        .join(Connection, present_connection())
        .join(LastInbound, its_window())
        .where(
            col(Conversation.account_id).in_(accounts),
            col(Address.blocked_at).is_(None),
            closing(last, now, within),
            ~shut_by_channel(last, col(Connection.id)),
            *more,
        )
        .order_by(last)
    )


def closing_soon(account_id: int, now: datetime, *more: ColumnElement[bool]) -> CTE:
    """The windows that are open and close soon, by ``last_inbound_at``, and each one's conversation
    by ``id``; archived ones aside, and those of which not ``more`` holds.

    From the windows, of which few are so old, to their conversations one by one: PostgreSQL would
    rather look through them all, and so is not asked to join.
    """
    last = col(LastInbound.last_inbound_at)
    conversation = (
        select(col(Conversation.id))
        .where(
            col(Conversation.account_id) == account_id,
            col(Conversation.channel) == col(Connection.channel),
            col(Conversation.address_id) == col(LastInbound.address_id),
            col(Conversation.archived_at).is_(None),
            closing(last, now, AMBER_FROM),
            ~shut_by_channel(last, col(Connection.id)),
            *more,
        )
        .correlate(LastInbound, Connection)
        .scalar_subquery()
    )
    each = (
        select(last, conversation.label("id"))
        .join(Connection, of_the_present_connection())
        .where(col(Connection.account_id) == account_id, _may_close(last, now, AMBER_FROM))
    ).cte("each_window", nesting=True)
    known = select(each.c.last_inbound_at, each.c.id).where(each.c.id.is_not(None))
    return known.cte("windows")


def _may_close(last: _Moment, now: datetime, within: timedelta) -> ColumnElement[bool]:
    """What holds of all that ``closing`` holds of, in a form that an index answers however many
    lengths the channels have."""
    lengths = [length for each in channels() if (length := each.reply_window) is not None]
    if not lengths:
        return false()
    return and_(last > now - max(lengths), last <= now - min(lengths) + within)


def left_since(last_inbound_at: _Moment, connection_id: _Id) -> ColumnElement[bool]:
    """What left by this connection since the last inbound message, to the address of now: nothing
    older, nor from or to another number, matters. The index ``message_left`` finds it."""
    left, moved = col(Message.queued_at), col(Conversation.address_since)
    return and_(
        col(Message.conversation_id) == col(Conversation.id),
        col(Message.connection_id) == connection_id,
        col(Message.direction) == Direction.OUT,
        left >= func.coalesce(last_inbound_at, moved, _BEGINNING),
        or_(moved.is_(None), left >= moved),
    )


def shut_by_channel(last_inbound_at: _Moment, connection_id: _Id) -> ColumnElement[bool]:
    """Whether a window of `Conversation` is closed before its time (B9)."""
    refused = (
        left_since(last_inbound_at, connection_id),
        col(Message.status) == DeliveryStatus.FAILED,
        col(Message.remedy) == Remedy.WINDOW_CLOSED,
    )
    return select(col(Message.id)).where(*refused).correlate_except(Message).exists()
