"""Whose stay begins, goes on or ends today, on the date at their accommodation (P7)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import CTE, ColumnElement, Integer, and_, case, func, label, literal, null, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.stays.stays import ReservationStatus, local_date
from inbox_app.models import Accommodation, Conversation, Reservation, ReservationGuest
from inbox_app.models.base import UtcDateTime
from inbox_app.queries.inbox.list.list_order import NOBODY_WAITS

ARRIVES, IN_HOUSE, DEPARTS = 0, 1, 2
"""In this order they are listed."""
LANES = {ARRIVES: "arrivals", IN_HOUSE: "in_house", DEPARTS: "departures"}
_LONGEST = timedelta(days=730)
"""A stay that began earlier is a tenancy."""
_A_DAY = timedelta(days=1)
_COME = (ReservationStatus.CONFIRMED, ReservationStatus.IN_STAY, ReservationStatus.OWNER_STAY)
Zones = Mapping[date, Sequence[str]]


async def zones_by_date(session: AsyncSession, account_id: int, now: datetime) -> Zones:
    """The time zones of the account's homes by what day it is there: never more than three."""
    query = select(Accommodation.timezone).where(col(Accommodation.account_id) == account_id)
    found: defaultdict[date, list[str]] = defaultdict(list)
    for zone in await session.exec(query.distinct()):
        found[local_date(now, zone)].append(zone)
    return found


def staying_today(account_id: int, zones: Zones, now: datetime, *more: ColumnElement[bool]) -> CTE:
    """Their conversations by ``id``, archived ones aside and those of which not ``more`` holds:
    ``lane``, one of the above, and ``at``, by which the most pressing comes first in each."""
    lane: ColumnElement[int] = func.max(_lane(zones), type_=Integer())
    pressing = case((col(Conversation.snooze).is_(None), col(Conversation.answer_by)), else_=None)
    at: ColumnElement[datetime] = func.coalesce(
        pressing, literal(NOBODY_WAITS, UtcDateTime()), type_=UtcDateTime()
    )
    today = now.astimezone(UTC).date()
    near = (
        col(Reservation.check_in).between(today - _LONGEST, today + _A_DAY),
        col(Reservation.check_out) >= today - _A_DAY,
    )
    return (
        select(label("id", col(Conversation.id)), label("lane", lane), label("at", at))
        .select_from(Reservation)
        .join(Accommodation, col(Accommodation.id) == col(Reservation.accommodation_id))
        .join(ReservationGuest, col(ReservationGuest.reservation_id) == col(Reservation.id))
        .join(Conversation, col(Conversation.actor_id) == col(ReservationGuest.actor_id))
        .where(
            col(Reservation.account_id) == account_id,
            col(Conversation.account_id) == account_id,
            col(Reservation.archived_at).is_(None),
            col(Reservation.status).in_(_COME),
            col(Conversation.archived_at).is_(None),
            *near,
            _lane(zones).is_not(None),
            *more,
        )
        .group_by(col(Conversation.id))
    ).cte("today")


def _lane(zones: Zones) -> ColumnElement[int]:
    return case(*_lanes(zones), else_=null()) if zones else literal(None, Integer())


def _lanes(zones: Zones) -> Iterator[tuple[ColumnElement[bool], int]]:
    arrives, leaves = col(Reservation.check_in), col(Reservation.check_out)
    has_come = col(Reservation.status) == ReservationStatus.IN_STAY
    for day, theirs in zones.items():
        there = col(Accommodation.timezone).in_(theirs)
        yield and_(there, has_come, arrives >= day), IN_HOUSE
        yield and_(there, arrives == day), ARRIVES
        yield and_(there, leaves == day), DEPARTS
        yield and_(there, or_(arrives < day, has_come), leaves > day), IN_HOUSE
