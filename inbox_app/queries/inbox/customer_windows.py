"""The customer service windows at the number that is connected, and what Meta says of them."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, and_, func, label, literal, or_
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from inbox_app.domain.messages import DeliveryStatus, Direction
from inbox_app.models import Connection, ConnectionState, Conversation, CustomerWindow, Message
from inbox_app.models.base import UtcDateTime

_Moment = Mapped[datetime] | ColumnElement[datetime]
_Id = Mapped[int] | ColumnElement[int]

_BEGINNING = literal(datetime(1970, 1, 1, tzinfo=UTC), UtcDateTime())

REENGAGEMENT = 131047
"""Free text needs a template first: to Meta the window is closed."""


def of_the_connected_number() -> ColumnElement[bool]:
    """Joins ``connection`` to ``customer_window``: windows belong to the number now connected."""
    return and_(
        col(Connection.account_id) == col(CustomerWindow.account_id),
        col(Connection.phone_number_id) == col(CustomerWindow.phone_number_id),
        col(Connection.state) != ConnectionState.DISCONNECTED,
    )


def windows(account_id: int) -> Any:
    """A subquery: ``address_id`` and ``last_inbound_at`` at the account's number, whose connection
    is ``connection_id``."""
    return (
        sqlalchemy.select(
            col(CustomerWindow.address_id),
            col(CustomerWindow.last_inbound_at),
            label("connection_id", col(Connection.id)),
        )
        .join(Connection, of_the_connected_number())
        .where(col(CustomerWindow.account_id) == account_id)
        .subquery()
    )


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


def shut_by_meta(last_inbound_at: _Moment, connection_id: _Id) -> ColumnElement[bool]:
    """Whether a window of `Conversation` is closed before its time (product.md B9)."""
    refused = (
        left_since(last_inbound_at, connection_id),
        col(Message.status) == DeliveryStatus.FAILED,
        col(Message.error_code) == REENGAGEMENT,
    )
    return select(col(Message.id)).where(*refused).correlate_except(Message).exists()
