"""Notices of the thread among their neighbours: folded, settled, asked about (M4)."""

from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.base import Channel
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Message
from inbox_app.queries.thread.rows import MessageRow
from inbox_app.web import millis

ASKED_AGAIN = "again:"
"""Begins the ``client_ref`` of a request; the id of what it asks for follows: one asks once."""

_FAR_ENOUGH = 500
"""So many of a thread's messages are looked at for one that settles notices."""
_NO_ANSWER = (MessageKind.UNSUPPORTED, MessageKind.SYSTEM)


async def with_notices(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    rows: list[MessageRow],
    channel: Channel,
) -> list[MessageRow]:
    """Rows of one conversation, whatever part of it: its notices fold, and they and files that were
    lost say what was done."""
    lacking = [row for row in rows if _is_notice(row) or row["file_lost"]]
    if not lacking:
        return rows
    among_them = [_position(row) for row in rows if _could_be_shown(row)]
    last = max([await _last_compatible(session, account_id, conversation_id), *among_them])
    asked = await _asked(session, account_id, [row["id"] for row in lacking])
    for row in lacking:
        row["settled"] = _position(row) < last
        row["asked"] = row["id"] in asked
        row["may_ask_again"] = (
            not row["settled"]
            and not row["asked"]
            and not row["from_history"]
            and (
                not _is_notice(row) or channel.form_to_ask_for(row["unsupported_type"]) is not None
            )
        )
    return _folded(rows)


async def _last_compatible(
    session: AsyncSession, account_id: int, conversation_id: int
) -> tuple[int, int]:
    """The position of the last thing that could be shown of what they wrote, among the newest."""
    theirs = select(Message.sent_at).where(col(Message.conversation_id) == conversation_id)
    in_turn = (col(Message.sent_at).desc(), col(Message.id).desc())
    newest = theirs.order_by(*in_turn).limit(_FAR_ENOUGH).subquery()
    query = (
        select(Message.sent_at, Message.id)
        .where(
            col(Message.account_id) == account_id,
            col(Message.conversation_id) == conversation_id,
            col(Message.direction) == Direction.IN,
            col(Message.kind).not_in(_NO_ANSWER),
            col(Message.error_message).is_(None),  # nor is a file that was lost
            col(Message.sent_at) >= select(func.min(newest.c.sent_at)).scalar_subquery(),
        )
        .order_by(*in_turn)
        .limit(1)
    )
    found = (await session.exec(query)).first()
    return (millis(found[0]), found[1]) if found else (0, 0)


async def _asked(session: AsyncSession, account_id: int, ids: Sequence[str]) -> set[str]:
    """Those that were asked for again."""
    refs = [f"{ASKED_AGAIN}{id_}" for id_ in ids]
    query = select(Message.client_ref).where(
        col(Message.account_id) == account_id, col(Message.client_ref).in_(refs)
    )
    return {(ref or "").removeprefix(ASKED_AGAIN) for ref in await session.exec(query)}


def _folded(rows: list[MessageRow]) -> list[MessageRow]:
    """Of several alike in a row the last one stands for all, with how many they are."""
    for before, after in pairwise(rows):
        if _alike(before, after):
            after["times"] = before["times"] + 1
            after["unsupported_type"] = before["unsupported_type"]
            after["asked"] = after["asked"] or before["asked"]
            after["may_ask_again"] = after["may_ask_again"] and not after["asked"]
            before["folded"] = True
    return rows


def _alike(before: MessageRow, after: MessageRow) -> bool:
    return (
        _is_notice(before)
        and _is_notice(after)
        and not (before["amends"] or after["amends"])
        and not after["day_first"]
        and not after["unread_first"]
        and _what(before) == _what(after)
    )


def _position(row: MessageRow) -> tuple[int, int]:
    return (row["sent_at"], int(row["id"]))


def _could_be_shown(row: MessageRow) -> bool:
    shown = row["kind"] not in _NO_ANSWER and not row["file_lost"]
    return shown and row["direction"] == Direction.IN.value


def _is_notice(row: MessageRow) -> bool:
    return row["kind"] == MessageKind.UNSUPPORTED.value and row["direction"] == "in"


def _what(row: MessageRow) -> tuple[str, ...]:
    """A poll comes as one type, and its votes as another that begins alike."""
    sort = row["unsupported_type"].partition("_")[0]
    return (sort, row["text"], row["author"], row["reply_excerpt"])
