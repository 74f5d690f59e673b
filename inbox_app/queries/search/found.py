"""All that a search finds, in its groups (P5, P9)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.queries.search.message_hits import message_hits
from inbox_app.queries.search.people_hits import people_hits
from inbox_app.queries.search.reservation_hits import reservation_hits
from inbox_app.queries.search.rows import MessageHitRow, PersonHitRow, ReservationHitRow


@dataclass(frozen=True, slots=True)
class Found:
    """Each group by itself, best first."""

    people: list[PersonHitRow]
    reservations: list[ReservationHitRow]
    messages: list[MessageHitRow]


async def found(
    session: AsyncSession, account_id: int, typed: str, now: datetime, *, limit: int
) -> Found:
    """No more than ``limit`` of a group."""
    return Found(
        await people_hits(session, account_id, typed, limit=limit),
        await reservation_hits(session, account_id, typed, now, limit=limit),
        await message_hits(session, account_id, typed, limit=limit),
    )
