"""What a calendar tells becomes reservations, moved and cancelled as it says (A4).

What the property-management system told of the same stay wins: of that a calendar adds only what
the system cannot know, the name and the last four digits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.calendars.told import ReadCalendar, ToldStay
from inbox_app.domain.calendars.vanished import KnownEntry, is_believed, vanished
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import CalendarEntry, Reservation, StayCalendar
from inbox_app.services.calendars.home_book import HomeBook
from inbox_app.services.calendars.known_guest import put_known_guest
from inbox_app.services.stays.take_over import take_over

_REMEMBERED = timedelta(days=60)
"""Of stays that were over before anybody told us of them nobody writes any more."""


@dataclass(slots=True)
class Applied:
    """What changed by it. ``doubtful``: so much was missing that nothing was cancelled yet."""

    created: int = 0
    changed: int = 0
    cancelled: int = 0
    doubtful: bool = False

    @property
    def is_news(self) -> bool:
        """Whether any stay is not as it was."""
        return bool(self.created or self.changed or self.cancelled)


@dataclass(slots=True)
class _Work:
    session: AsyncSession
    calendar: StayCalendar
    book: HomeBook
    entries: dict[str, CalendarEntry]
    today: date
    now: datetime
    done: Applied = field(default_factory=Applied)


async def apply_calendar(
    session: AsyncSession, calendar: StayCalendar, told: ReadCalendar, today: date, now: datetime
) -> Applied:
    """`today` is the date at the home, `now` the real time."""
    book = await HomeBook.of_home(session, calendar.account_id, calendar.accommodation_id)
    entries = await _entries(session, calendar)
    work = _Work(session, calendar, book, entries, today, now)
    coming = [stay for stay in told.stays if stay.status is not ReservationStatus.CANCELLED]
    for stay in coming:
        await _take(work, stay)
    over = [uid for stay in told.stays if stay not in coming for uid in _uids(stay)]
    listed = {uid for stay in coming for uid in _uids(stay)}
    await _end(work, [entries[uid] for uid in over if uid in entries and uid not in listed])
    await _miss(work, listed | set(over) | told.unread)
    await session.flush()
    return work.done


async def _entries(session: AsyncSession, calendar: StayCalendar) -> dict[str, CalendarEntry]:
    query = select(CalendarEntry).where(
        col(CalendarEntry.account_id) == calendar.account_id,
        col(CalendarEntry.calendar_id) == calendar.id,
    )
    return {entry.uid: entry for entry in await session.exec(query)}


def _uids(stay: ToldStay) -> Sequence[str]:
    return (stay.uid, *stay.also)


async def _take(work: _Work, stay: ToldStay) -> None:
    entry = next((work.entries[uid] for uid in _uids(stay) if uid in work.entries), None)
    known = work.book.by_id(entry.reservation_id) if entry else None
    reservation = known or work.book.same(stay)
    if reservation is None:
        if stay.check_out < work.today - _REMEMBERED:
            return
        reservation = await _make(work, stay)
    elif reservation.from_calendar:
        _rewrite(work, reservation, stay, entry)
        reservation = await _give_way(work, reservation, stay)
    _add(reservation, stay)
    await put_known_guest(work.session, reservation, stay.phone)
    _write_entry(work, entry, reservation, stay)


async def _make(work: _Work, stay: ToldStay) -> Reservation:
    reservation = Reservation(
        account_id=work.calendar.account_id,
        accommodation_id=work.calendar.accommodation_id,
        code=stay.code,
        check_in=stay.check_in,
        check_out=stay.check_out,
        status=stay.status,
        portal=stay.portal or None,
        url=stay.url or None,
        from_calendar=True,
        created_at=work.now,
    )
    work.session.add(reservation)
    await work.session.flush()
    work.book.put(reservation)
    work.done.created += 1
    return reservation


def _rewrite(
    work: _Work, reservation: Reservation, stay: ToldStay, entry: CalendarEntry | None
) -> None:
    """A calendar that says what it said before does not take back what another has said since."""
    was = _seen(reservation)
    is_news = entry is None or (entry.check_in, entry.check_out) != (stay.check_in, stay.check_out)
    came_back = reservation.status is ReservationStatus.CANCELLED
    if is_news or came_back:
        reservation.check_in, reservation.check_out = stay.check_in, stay.check_out
    if came_back or stay.status is ReservationStatus.CONFIRMED:
        reservation.status = stay.status
    reservation.code = reservation.code or stay.code
    reservation.portal = reservation.portal or stay.portal or None
    reservation.url = reservation.url or stay.url or None
    reservation.archived_at = None
    work.session.add(reservation)
    work.done.changed += was != _seen(reservation)


def _seen(reservation: Reservation) -> tuple[object, ...]:
    return reservation.check_in, reservation.check_out, reservation.status, reservation.archived_at


async def _give_way(work: _Work, reservation: Reservation, stay: ToldStay) -> Reservation:
    """To what the property-management system has told of the same stay meanwhile."""
    better = work.book.same(stay, from_calendar=False)
    if better is None:
        return reservation
    await take_over(work.session, better)
    return better


def _add(reservation: Reservation, stay: ToldStay) -> None:
    reservation.guest_name = stay.guest_name or reservation.guest_name
    reservation.phone_ending = stay.phone_ending or reservation.phone_ending


def _write_entry(
    work: _Work, entry: CalendarEntry | None, reservation: Reservation, stay: ToldStay
) -> None:
    if entry is None:
        entry = work.entries[stay.uid] = CalendarEntry(
            account_id=work.calendar.account_id,
            calendar_id=work.calendar.id,
            reservation_id=reservation.id,
            uid=stay.uid,
            check_in=stay.check_in,
            check_out=stay.check_out,
        )
    entry.reservation_id = reservation.id
    entry.check_in, entry.check_out, entry.gone_at = stay.check_in, stay.check_out, None
    work.session.add(entry)


async def _miss(work: _Work, told: set[str]) -> None:
    known = (
        KnownEntry(entry.uid, entry.check_in)
        for entry in work.entries.values()
        if entry.gone_at is None
    )
    missing, is_doubtful = vanished(known, told, work.today)
    if is_doubtful and not is_believed(work.calendar.doubted_since, work.now):
        work.done.doubtful = True
        return
    await _end(work, [work.entries[entry.uid] for entry in missing])


async def _end(work: _Work, entries: Iterable[CalendarEntry]) -> None:
    """A stay is cancelled when no calendar lists it any more."""
    ended = [entry for entry in entries if entry.gone_at is None]
    for entry in ended:
        entry.gone_at = work.now
        work.session.add(entry)
    await work.session.flush()
    for reservation_id in dict.fromkeys(entry.reservation_id for entry in ended):
        reservation = work.book.by_id(reservation_id)
        if reservation is not None and reservation.from_calendar:
            await _cancel(work, reservation)


async def _cancel(work: _Work, reservation: Reservation) -> None:
    listed = select(CalendarEntry.id).where(
        col(CalendarEntry.account_id) == reservation.account_id,
        col(CalendarEntry.reservation_id) == reservation.id,
        col(CalendarEntry.gone_at).is_(None),
    )
    if (await work.session.exec(listed.limit(1))).first() is not None:
        return
    reservation.status = ReservationStatus.CANCELLED
    work.session.add(reservation)
    work.done.cancelled += 1
