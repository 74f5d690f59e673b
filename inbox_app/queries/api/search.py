"""What a search finds as the HTTP API shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.queries.search import found as searched
from inbox_app.queries.search.rows import (
    MessageHitRow,
    PersonHitRow,
    PieceRow,
    ReservationHitRow,
)

_SEPARATOR = PieceRow(text=" · ", hit=False)


class What(StrEnum):
    ACTOR = "actor"
    CONVERSATION = "conversation"
    """With a sender whom nobody knows yet."""
    RESERVATION = "reservation"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class HighlightsOut:
    """Where what was typed stands: first character, and the one after the last."""

    title: list[tuple[int, int]]
    snippet: list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundOut:
    """``id`` is the conversation's or message's, or the external id of the actor or reservation:
    None for those that were never put under one."""

    what: What
    id: str | None
    conversation_id: str | None
    message_id: str | None
    title: str
    snippet: str
    highlights: HighlightsOut
    at: datetime | None


async def found(
    session: AsyncSession, account_id: int, typed: str, now: datetime, *, limit: int
) -> list[FoundOut]:
    """No more than ``limit`` of each kind, people first and messages last."""
    seen = await searched.found(session, account_id, typed, now, limit=limit)
    return [
        *map(_person, seen.people),
        *map(_reservation, seen.reservations),
        *map(_message, seen.messages),
    ]


def _person(row: PersonHitRow) -> FoundOut:
    known = bool(row["actor_id"])
    return _out(
        What.ACTOR if known else What.CONVERSATION,
        (row["external_id"] if known else row["conversation_id"]) or None,
        title=row["name"],
        snippet=row["below"],
        conversation_id=row["conversation_id"],
        at=row["at"],
    )


def _reservation(row: ReservationHitRow) -> FoundOut:
    dates = PieceRow(text=f"{row['check_in']}/{row['check_out']}", hit=False)
    parts = (row["guest"], row["accommodation"], [dates])
    return _out(
        What.RESERVATION,
        row["external_id"] or None,
        title=row["code"],
        snippet=_joined([part for part in parts if part]),
        conversation_id=row["conversation_id"],
    )


def _message(row: MessageHitRow) -> FoundOut:
    return _out(
        What.MESSAGE,
        row["id"],
        title=[PieceRow(text=row["name"], hit=False)],
        snippet=row["pieces"],
        conversation_id=row["conversation_id"],
        message_id=row["id"],
        at=row["at"],
    )


def _out(
    what: What,
    id_: str | None,
    *,
    title: Sequence[PieceRow],
    snippet: Sequence[PieceRow],
    conversation_id: str = "",
    message_id: str = "",
    at: int = 0,
) -> FoundOut:
    return FoundOut(
        what=what,
        id=id_,
        conversation_id=conversation_id or None,
        message_id=message_id or None,
        title=_text(title),
        snippet=_text(snippet),
        highlights=HighlightsOut(_hits(title), _hits(snippet)),
        at=datetime.fromtimestamp(at / 1000, UTC) if at else None,
    )


def _joined(parts: Sequence[Sequence[PieceRow]]) -> list[PieceRow]:
    return [piece for part in parts for piece in (_SEPARATOR, *part)][1:]


def _text(pieces: Sequence[PieceRow]) -> str:
    return "".join(piece["text"] for piece in pieces)


def _hits(pieces: Sequence[PieceRow]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:
        end = at + len(piece["text"])
        if piece["hit"]:
            found.append((at, end))
        at = end
    return found
