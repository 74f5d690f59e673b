"""Since when somebody waits for an answer, reckoned from what was said (P8).

What is kept in the row of a conversation follows from its messages, its windows, and two things
that people say of it: ``done_up_to`` and ``reopened_at``. What comes in and what is sent brings it
forward by itself (``services/intake/note_waiting.py``, ``services/sending/send.py``); what else
happens to a message has it reckoned anew here.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlmodel import col

from inbox_app.channels.registry import channel_of
from inbox_app.domain.conversations import triage
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind
from inbox_app.domain.reply_window import closes_at
from inbox_app.models import Connection, Conversation, LastInbound, Message
from inbox_app.queries.inbox.reply_windows import its_window, present_connection
from inbox_app.services.bulk import run_many, select_in


async def reckon_waiting(connection: AsyncConnection, conversation_ids: Collection[int]) -> None:
    """Of conversations whose ids were found under their accounts in this transaction."""
    rows = await select_in(connection, _FACTS, col(Conversation.id), set(conversation_ids))
    await run_many(connection, _WRITE, [_reckoned(row) for row in rows])


def _reckoned(row: Any) -> dict[str, Any]:
    since = row.reopened_at or row.asked_at
    closes = closes_at(row.last_inbound_at, channel_of(row.channel).reply_window)
    return {
        "conversation": row.id,
        "since": since,
        "by": since and triage.answer_by(since, closes),
    }


_Answer = aliased(Message)


def _answers() -> ColumnElement[bool]:
    """What left by itself was written before what it follows."""
    return and_(
        col(_Answer.conversation_id) == col(Conversation.id),
        col(_Answer.direction) == Direction.OUT,
        or_(col(_Answer.status).is_(None), col(_Answer.status) != DeliveryStatus.FAILED),
        col(_Answer.kind) != MessageKind.SYSTEM,
        col(_Answer.concerns).is_(None),
        col(_Answer.waited_as).is_(None),
        col(_Answer.from_history).is_(False),
    )


def _asks() -> ColumnElement[bool]:
    return and_(
        col(Message.conversation_id) == col(Conversation.id),
        col(Conversation.group_id).is_(None),
        col(Message.direction) == Direction.IN,
        col(Message.kind) != MessageKind.SYSTEM,
        col(Message.concerns).is_(None),
        col(Message.from_history).is_(False),
    )


_LAST_ANSWER = func.coalesce(
    select(col(_Answer.id))
    .where(_answers())
    .order_by(col(_Answer.id).desc())
    .limit(1)
    .correlate(Conversation)
    .scalar_subquery(),
    0,
)
# One bound, not two: SQLite reckons a bound once, and what is no bound for each message anew.
_SETTLED_UP_TO = case(
    (col(Conversation.done_up_to) > _LAST_ANSWER, col(Conversation.done_up_to)), else_=_LAST_ANSWER
)
_ASKED_AT = (
    select(col(Message.sent_at))
    .where(_asks(), col(Message.id) > _SETTLED_UP_TO)
    .order_by(col(Message.id))
    .limit(1)
    .correlate(Conversation)
    .scalar_subquery()
)
_FACTS = (
    select(
        col(Conversation.id),
        col(Conversation.channel),
        col(Conversation.reopened_at),
        col(LastInbound.last_inbound_at),
        _ASKED_AT.label("asked_at"),
    )
    .outerjoin(Connection, present_connection())
    .outerjoin(LastInbound, its_window())
)
_WRITE = (
    update(Conversation)
    .where(col(Conversation.id) == bindparam("conversation"))
    .values(waiting_since=bindparam("since"), answer_by=bindparam("by"))
)
