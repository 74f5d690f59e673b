"""A calendar file, as whoever may have written it wrote it, into the stays it tells (A4)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from inbox_app.domain.calendars import portals
from inbox_app.domain.calendars.entries import entry_of
from inbox_app.domain.calendars.same_stay import merged
from inbox_app.domain.calendars.told import CalendarError, CalendarProblem, ReadCalendar, ToldStay

MAX_BYTES = 5_000_000
MAX_EVENTS = 5_000
_BEGINS = re.compile(r"^BEGIN:V(\w+)", re.MULTILINE | re.IGNORECASE)
_ENDS = re.compile(r"^END:V(\w+)", re.MULTILINE | re.IGNORECASE)
_AROUND = "\0\t\r\n "


def read_calendar(data: bytes, zone: str, address: str = "") -> ReadCalendar:
    """The stays of a home in `zone` (IANA), each once, by arrival. `address` says whose calendar it
    is. Takes a second of CPU the first time: call it off the event loop.

    Raises ``CalendarError`` when it is none, or not a whole one: nothing may be concluded from it.
    """
    calendars = _parsed(_checked(_text(data).strip(_AROUND)))
    portal = portals.portal_of_address(address) or _portal_of(calendars)
    events = (event for calendar in calendars for event in calendar.walk("VEVENT"))
    entries = [entry_of(event, portal, ZoneInfo(zone)) for event in events]
    stays = _told_apart(entry.stay for entry in entries if entry.stay is not None)
    return ReadCalendar(
        tuple(merged(stays)),
        sum(entry.is_block for entry in entries),
        portal,
        frozenset(entry.uid for entry in entries if entry.stay is None and not entry.is_block),
    )


def _text(data: bytes) -> str:
    """In UTF-8 or, as old exports are, in what Windows wrote."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _checked(text: str) -> str:
    """What begins must end: a file that broke off would take its last stays for cancelled."""
    if not text[:200].upper().startswith("BEGIN:VCALENDAR"):
        raise CalendarError(CalendarProblem.NOT_A_CALENDAR)
    begun, ended = (Counter(map(str.upper, each.findall(text))) for each in (_BEGINS, _ENDS))
    if begun != ended or not text.upper().endswith("END:VCALENDAR"):
        raise CalendarError(CalendarProblem.CUT_SHORT)
    if begun["EVENT"] > MAX_EVENTS:
        raise CalendarError(CalendarProblem.TOO_MANY)
    return text


def _parsed(text: str) -> list[Any]:
    # Only here: it costs a start half a second, and nothing else needs it.
    from icalendar import Calendar

    try:
        return list(Calendar.from_ical(text, multiple=True))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise CalendarError(CalendarProblem.NOT_A_CALENDAR) from None


def _portal_of(calendars: Iterable[Any]) -> str:
    for calendar in calendars:
        uids = (str(event.get("UID", "")) for event in calendar.walk("VEVENT")[:20])
        if found := portals.portal_of(str(calendar.get("PRODID", "")), *uids):
            return found
    return ""


def _told_apart(stays: Iterable[ToldStay]) -> Iterator[ToldStay]:
    """Some give all their entries one id: then it says nothing without the arrival."""
    listed = list(stays)
    often = Counter(stay.uid for stay in listed)
    for stay in listed:
        unique = often[stay.uid] == 1
        yield stay if unique else replace(stay, uid=f"{stay.uid} {stay.check_in}")
