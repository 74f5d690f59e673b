"""The centre panel: the messages of a conversation, each with its place among its neighbours
(P2, P6)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlalchemy import tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from inbox_app.channels.registry import channel_of
from inbox_app.domain.messages import Direction
from inbox_app.models import Conversation, Media, Message, User
from inbox_app.queries.thread.message_rows import message_row, with_neighbours
from inbox_app.queries.thread.notices import with_notices
from inbox_app.queries.thread.rows import MessageRow


class Place(NamedTuple):
    """Where a message stands in its thread: Meta's time, then our id."""

    sent_at: datetime
    id: int


MessageFacts = tuple[Message, Media | None, str | None, str]
"""A message with its file, its author's name and its channel."""
Chosen = TypeVar("Chosen", bound=sqlalchemy.Select[*tuple[Any, ...]])
_PLACE = (col(Message.sent_at), col(Message.id))


async def unread_from(
    session: AsyncSession, account_id: int, conversation_id: int, last_read_id: int, within: int
) -> Place | None:
    """Where the first unread message stands; None when it is not among the newest ``within``."""
    query = select(
        col(Message.sent_at), col(Message.id), col(Message.direction), col(Message.kind)
    ).where(*_of(account_id, conversation_id), col(Message.from_history).is_(False))
    found = (await session.exec(newest(query).limit(within + 1))).all()
    unread = [
        Place(at, id_)
        for at, id_, direction, kind in found
        if _is_unread(direction.value, kind.value, id_, last_read_id)
    ]
    reaches_further = len(found) > within and unread[-1:] == [Place(*found[-1][:2])]
    return unread[-1] if unread and not reaches_further else None


async def between(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    start: Place,
    end: Place | None,
    time_zone: str,
) -> list[MessageRow]:
    """The messages from ``start`` to ``end``, as the thread orders them; days are the zone's."""
    theirs = facts(account_id).where(col(Message.conversation_id) == conversation_id)
    query = oldest(after(theirs, start, included=True))
    if end is not None:
        query = query.where(tuple_(*_PLACE) <= tuple_(*end))
    found = (await session.exec(query)).all()
    known = await answered(session, account_id, found)
    quoted = {provider_id or "": message for (_, provider_id), message in known.items()}
    amended = await amendments(session, account_id, found)
    zone = ZoneInfo(time_zone)
    rows = with_neighbours(
        [
            message_row(
                message,
                media,
                author,
                channel_of(channel),
                quoted,
                amended.get((message.provider_id, message.direction), []),
                message.sent_at.astimezone(zone).date(),
            )
            for message, media, author, channel in found
        ]
    )
    if not found:
        return rows
    channel = channel_of(found[0][-1])
    return await with_notices(session, account_id, conversation_id, rows, channel)


def is_answered(rows: Sequence[MessageRow], since: str) -> bool:
    """Whether one of the company's people has written since the message of that id came."""
    return any(
        row["direction"] == "out"
        and row["origin"] not in {"api", "away"}
        and not row["from_history"]
        and int(row["id"]) > int(since)
        for row in rows
    )


def newest_down_to(rows: Sequence[MessageRow], last: str) -> int | None:
    """The largest id among the rows down to that of ``last``; None when it is none of them.

    What was told late stands further up than its id says.
    """
    ids = [row["id"] for row in rows]
    return max(map(int, ids[: ids.index(last) + 1])) if last in ids else None


def with_divider(rows: Sequence[MessageRow], before: str) -> list[MessageRow]:
    """Rows with the unread divider before the message of that id."""
    return [{**row, "unread_first": row["id"] == before} for row in rows]


def position(row: MessageRow) -> tuple[int, int]:
    """By which rows are ordered."""
    return row["sent_at"], int(row["id"])


def _is_unread(direction: str, kind: str, id_: int, last_read_id: int) -> bool:
    return direction == "in" and kind != "system" and id_ > last_read_id


def _of(account_id: int, conversation_id: int) -> tuple[Any, ...]:
    return (
        col(Message.account_id) == account_id,
        col(Message.conversation_id) == conversation_id,
    )


def facts(account_id: int) -> Select[Message, Media, str, str]:
    """All that is told of an account's messages, but what they answer."""
    return (
        select(Message, Media, User.name, Conversation.channel)
        .join(Conversation, col(Conversation.id) == col(Message.conversation_id))
        .outerjoin(Media, col(Media.message_id) == col(Message.id))
        .outerjoin(User, col(User.id) == col(Message.author_id))
        .where(col(Message.account_id) == account_id)
    )


def newest(chosen: Chosen, before: Place | None = None) -> Chosen:
    """The newest first, those that stand before a place."""
    if before is not None:
        chosen = chosen.where(tuple_(*_PLACE) < tuple_(*before))
    return chosen.order_by(_PLACE[0].desc(), _PLACE[1].desc())


def oldest(chosen: Chosen) -> Chosen:
    """The oldest first."""
    return chosen.order_by(*_PLACE)


def after(chosen: Chosen, place: Place, *, included: bool = False) -> Chosen:
    """Those that stand after a place, or there too."""
    here, there = tuple_(*_PLACE), tuple_(*place)
    return chosen.where(here >= there if included else here > there)


async def answered(
    session: AsyncSession, account_id: int, found: Sequence[MessageFacts]
) -> dict[tuple[int, str | None], Message]:
    """The messages that are answered, or that others are about, as far as we have them, by
    conversation and provider id."""
    provider_ids = {about for message, *_ in found if (about := _about(message))}
    if not provider_ids:
        return {}
    query = select(Message).where(
        col(Message.account_id) == account_id,
        col(Message.conversation_id).in_({message.conversation_id for message, *_ in found}),
        col(Message.provider_id).in_(provider_ids),
    )
    rows = await session.exec(query)
    return {(row.conversation_id, row.provider_id): row for row in rows}


async def amendments(
    session: AsyncSession, account_id: int, found: Sequence[MessageFacts]
) -> dict[tuple[str | None, Direction], list[Message]]:
    """What edits and deletions were told of these messages, the latest last, by the provider id
    and side that they are about: nobody amends what the other side said (M4)."""
    query = (
        select(Message)
        .where(
            col(Message.account_id) == account_id,
            col(Message.conversation_id).in_({message.conversation_id for message, *_ in found}),
            col(Message.amends).is_not(None),
            col(Message.concerns).in_(
                {message.provider_id for message, *_ in found if message.provider_id}
            ),
        )
        .order_by(*_PLACE)
    )
    told: dict[tuple[str | None, Direction], list[Message]] = {}
    for row in await session.exec(query):
        told.setdefault((row.concerns, row.direction), []).append(row)
    return told


def _about(message: Message) -> str | None:
    return message.reply_to or message.concerns
