"""One entry of a calendar: a stay, a block, or nothing that concerns who sleeps there."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from inbox_app.domain.calendars import portals
from inbox_app.domain.calendars.details import details
from inbox_app.domain.calendars.told import ToldStay
from inbox_app.domain.stays.stays import ReservationStatus

_LONGEST_STAY = timedelta(days=400)
"""A longer one is how somebody closes a home."""
_LONGEST_UID = 250
_MIDNIGHT = time(0)


class Entry(NamedTuple):
    """Neither a stay nor a block: a meeting, a cleaning, dates that nobody can read."""

    uid: str
    stay: ToldStay | None = None
    is_block: bool = False


def entry_of(event: Any, portal: str, zone: ZoneInfo) -> Entry:
    """Of an event as icalendar has it, in a calendar of `portal`, for a home in `zone`."""
    nights = _nights(event, zone)
    uid = _line(event, "UID")[:_LONGEST_UID]
    if nights is None:
        return Entry(uid)
    check_in, check_out = nights
    uid = uid or f"{check_in}/{check_out}"
    said = portals.said(_line(event, "SUMMARY"))
    if said.is_block or _recurs(event) or check_out - check_in > _LONGEST_STAY:
        return Entry(uid, is_block=True)
    description, summary = _text(event, "DESCRIPTION"), _line(event, "SUMMARY")
    told = details(description, summary, _line(event, "URL"))
    stay = ToldStay(
        uid=uid,
        check_in=check_in,
        check_out=check_out,
        status=_status(_line(event, "STATUS"), is_tentative=said.is_tentative),
        portal=portals.booked_at(portal, told.url, summary, description),
        code=told.code,
        guest_name=told.guest_name or said.guest_name,
        phone=told.phone,
        phone_ending=told.phone_ending,
        url=told.url,
    )
    return Entry(uid, stay)


def _nights(event: Any, zone: ZoneInfo) -> tuple[date, date] | None:
    """The days of arrival and of departure. What ends on the day on which it begins is one night
    if it has no hours, and none if it has."""
    starts, ends = _moment(event, "DTSTART"), _end(event)
    if starts is None:
        return None
    first = _day(starts, zone)
    last = first if ends is None else _day(ends, zone)
    if last == first and _is_whole_day(starts):
        return first, first + timedelta(days=1)
    return (first, last) if last > first else None


def _end(event: Any) -> date | None:
    starts, span = _moment(event, "DTSTART"), _value(event, "DURATION")
    if starts is not None and isinstance(span, timedelta):
        return starts + span
    return _moment(event, "DTEND")


def _day(moment: date, zone: ZoneInfo) -> date:
    """At the home. Midnight in UTC is how some write a whole day: in New York it would be the day
    before."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None or _is_whole_day(moment):
        return moment.date()
    return moment.astimezone(zone).date()


def _is_whole_day(moment: date) -> bool:
    if not isinstance(moment, datetime):
        return True
    return moment.time() == _MIDNIGHT and moment.utcoffset() in {None, timedelta()}


def _recurs(event: Any) -> bool:
    """Every weekend closed: nobody books a stay that comes again."""
    return any(event.get(name) is not None for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _status(status: str, *, is_tentative: bool) -> ReservationStatus:
    if status.upper() == "CANCELLED":
        return ReservationStatus.CANCELLED
    if is_tentative or status.upper() == "TENTATIVE":
        return ReservationStatus.PENDING
    return ReservationStatus.CONFIRMED


def _moment(event: Any, name: str) -> date | None:
    found = _value(event, name)
    return found if isinstance(found, date) else None


def _value(event: Any, name: str) -> object:
    """None where it is missing or cannot be read."""
    try:
        return getattr(_first(event, name), "dt", None)
    except ValueError:
        return None


def _line(event: Any, name: str) -> str:
    return " ".join(_text(event, name).split())


def _text(event: Any, name: str) -> str:
    found = _first(event, name)
    return "" if found is None else str(found)


def _first(event: Any, name: str) -> Any:
    """Some write twice what may stand once."""
    found: Any = event.get(name)
    listed: list[Any] = cast("list[Any]", found) if isinstance(found, list) else [found]
    return listed[0] if listed else None
