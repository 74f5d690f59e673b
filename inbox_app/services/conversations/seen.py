"""How far each person has seen a conversation, beside how far anybody has (P1).

A person's row stands only while somebody else has read more: so what comes in writes nothing for
anybody, and the first who reads it writes a row for each colleague.
"""

from collections.abc import Sequence

import sqlalchemy
from sqlalchemy import ColumnElement, delete, func, literal
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Conversation, Message, Unseen, User
from inbox_app.models.base import BigId
from inbox_app.queries.accounts.colleagues import come_in
from inbox_app.services.bulk import upsert


async def seen_up_to(session: AsyncSession, conversation: Conversation, user_id: int) -> int:
    """The id down to which this person has seen it."""
    row = await _row(session, conversation, user_id)
    return conversation.last_read_id if row is None else row.up_to


async def see_on(
    session: AsyncSession, conversation: Conversation, user_id: int, up_to: int
) -> bool:
    """The person has seen it down to ``up_to`` at least; says whether they had not."""
    row = await _row(session, conversation, user_id)
    if row is None:
        return False
    before, seen = (row.up_to, row.messages), max(row.up_to, up_to)
    more = await asking(session, conversation, seen, conversation.last_read_id)
    if before == (seen, more):
        return False
    await see_exactly(session, conversation, user_id, seen)
    return True


async def see_exactly(
    session: AsyncSession, conversation: Conversation, user_id: int, up_to: int
) -> None:
    """The person has seen it down to ``up_to``, whatever they had seen before."""
    row = await _row(session, conversation, user_id)
    known_to = conversation.last_read_id if row is None else row.known_to
    if row is not None:
        await session.delete(row)
        await session.flush()
    more = await asking(session, conversation, up_to, conversation.last_read_id)
    if more:
        session.add(
            Unseen(
                account_id=conversation.account_id,
                user_id=user_id,
                conversation_id=conversation.id,
                up_to=up_to,
                known_to=max(known_to, up_to),
                messages=more,
                arrived_at=conversation.arrived_at,
                archived_at=conversation.archived_at,
            )
        )
    await session.flush()


async def leave_to_others(
    session: AsyncSession, conversation: Conversation, reader_id: int, since: int, messages: int
) -> None:
    """Somebody was the first to read so many ``messages`` that came after ``since``: everybody else
    who comes in has yet to."""
    if messages <= 0:
        return
    await session.flush()
    connection = await session.connection()
    others = (
        sqlalchemy.select(
            col(User.account_id),
            col(User.id),
            col(Conversation.id),
            literal(since, BigId),
            literal(since, BigId),
            literal(messages),
            col(Conversation.arrived_at),
            col(Conversation.archived_at),
        )
        .join(Conversation, col(Conversation.account_id) == col(User.account_id))
        .where(
            col(User.account_id) == conversation.account_id,
            col(Conversation.id) == conversation.id,
            *come_in(),
            col(User.id) != reader_id,
        )
    )
    statement = upsert(connection, Unseen).from_select(_COLUMNS, others)
    together = col(Unseen.messages) + statement.excluded.messages
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["conversation_id", "user_id"], set_={"messages": together}
        )
    )


_COLUMNS = (
    *("account_id", "user_id", "conversation_id", "up_to", "known_to"),
    *("messages", "arrived_at", "archived_at"),
)


async def fit_to(session: AsyncSession, conversation: Conversation) -> None:
    """Nobody has read as far as somebody had: what each has not seen is counted anew."""
    for row in await _rows(session, conversation):
        await see_exactly(session, conversation, row.user_id, row.up_to)


async def forget_seen(session: AsyncSession, account_id: int, user_id: int) -> None:
    """This person comes in no more; should they come back, they begin with what nobody has read."""
    theirs = col(Unseen.account_id) == account_id, col(Unseen.user_id) == user_id
    in_order = select(Unseen.conversation_id).where(*theirs).order_by(col(Unseen.conversation_id))
    locked = col(Unseen.conversation_id).in_(in_order.with_for_update())
    await session.exec(delete(Unseen).where(*theirs, locked))


async def asking(
    session: AsyncSession, conversation: Conversation, after: int, down_to: int | None = None
) -> int:
    """How many of the messages between two ids ask for attention."""
    query = select(func.count(col(Message.id))).where(
        *_written_to_us(conversation), col(Message.id) > after
    )
    if down_to is not None:
        query = query.where(col(Message.id) <= down_to)
    return (await session.exec(query)).one()


async def last_asking(session: AsyncSession, conversation: Conversation) -> int | None:
    """The id of the last that asks for attention."""
    theirs = select(func.max(col(Message.id))).where(*_written_to_us(conversation))
    return (await session.exec(theirs)).one()


def _written_to_us(conversation: Conversation) -> tuple[ColumnElement[bool], ...]:
    """Of a message: it asks whoever reads the conversation."""
    return (
        col(Message.account_id) == conversation.account_id,
        col(Message.conversation_id) == conversation.id,
        col(Message.direction) == Direction.IN,
        col(Message.kind) != MessageKind.SYSTEM,
        col(Message.from_history).is_(False),
    )


async def _row(session: AsyncSession, conversation: Conversation, user_id: int) -> Unseen | None:
    query = select(Unseen).where(*_of(conversation), col(Unseen.user_id) == user_id)
    return (await session.exec(query)).one_or_none()


async def _rows(session: AsyncSession, conversation: Conversation) -> Sequence[Unseen]:
    return (await session.exec(select(Unseen).where(*_of(conversation)))).all()


def _of(conversation: Conversation) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Unseen.account_id) == conversation.account_id,
        col(Unseen.conversation_id) == conversation.id,
    )
