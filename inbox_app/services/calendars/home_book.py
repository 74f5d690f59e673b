"""The stays of one home, as a calendar's entries find them (A4)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.calendars.same_stay import is_same_stay
from inbox_app.domain.calendars.told import ToldStay
from inbox_app.domain.people.search_terms import squeezed
from inbox_app.domain.stays.stays import NOBODY_COMES
from inbox_app.models import Accommodation, Reservation


@dataclass(frozen=True, slots=True)
class _Listed:
    """A reservation by what a portal would call it: the system's own code is none of a portal's."""

    check_in: date
    check_out: date
    code: str


class HomeBook:
    """All reservations of a home, whatever became of them."""

    def __init__(self, reservations: Iterable[Reservation]) -> None:
        self._by_id: dict[int, Reservation] = {}
        self._by_code: dict[str, list[Reservation]] = defaultdict(list)
        self._by_dates: dict[tuple[date, date], list[Reservation]] = defaultdict(list)
        for reservation in reservations:
            self.put(reservation)

    @classmethod
    async def of_home(cls, session: AsyncSession, account_id: int, home_id: int) -> Self:
        """Who else reads a calendar of this home waits until the end of the transaction."""
        turn = select(Accommodation.id).where(
            col(Accommodation.account_id) == account_id, col(Accommodation.id) == home_id
        )
        await session.exec(turn.with_for_update())
        query = select(Reservation).where(
            col(Reservation.account_id) == account_id, col(Reservation.accommodation_id) == home_id
        )
        return cls((await session.exec(query.order_by(col(Reservation.id)))).all())

    def put(self, reservation: Reservation) -> None:
        """One more, with its id."""
        self._by_id[reservation.id] = reservation
        for code in {squeezed(reservation.code), squeezed(reservation.portal_code or "")} - {""}:
            self._by_code[code].append(reservation)
        self._by_dates[reservation.check_in, reservation.check_out].append(reservation)

    def by_id(self, reservation_id: int) -> Reservation | None:
        """None for one that has moved to another home."""
        return self._by_id.get(reservation_id)

    def same(self, stay: ToldStay, *, from_calendar: bool | None = None) -> Reservation | None:
        """By code, else by dates. What the property-management system knows goes before what
        calendars told; `from_calendar` says which to look among."""
        coded = self._by_code[squeezed(stay.code)] if stay.code else []
        dated = self._by_dates[stay.check_in, stay.check_out]
        same = [*coded, *(each for each in dated if _is_same(each, stay))]
        among = (each for each in same if from_calendar in {None, each.from_calendar})
        return min(among, key=lambda each: each.from_calendar, default=None)


def _is_same(reservation: Reservation, stay: ToldStay) -> bool:
    """Dates that were given back may have been booked anew."""
    is_over = reservation.archived_at is not None or reservation.status in NOBODY_COMES
    if is_over and not reservation.from_calendar:
        return False
    own = reservation.code if reservation.from_calendar else ""
    listed = _Listed(reservation.check_in, reservation.check_out, reservation.portal_code or own)
    return is_same_stay(listed, stay)
