"""Calendars as portals write them, and the stays that they tell of (A4, A5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from inbox_app.domain.calendars.parse import read_calendar
from inbox_app.domain.calendars.told import CalendarError, CalendarProblem, ReadCalendar, ToldStay
from inbox_app.domain.stays.stays import ReservationStatus
from tests.support.samples.calendars import AIRBNB, BOOKING, GUESTY, SMOOBU, VRBO, calendar, event

ROME, NEW_YORK, AUCKLAND = "Europe/Rome", "America/New_York", "Pacific/Auckland"


def _read(*events: str, zone: str = ROME, prodid: str = "-//Somebody//EN") -> ReadCalendar:
    return read_calendar(calendar(*events, prodid=prodid), zone)


def _only(*events: str, zone: str = ROME, prodid: str = "-//Somebody//EN") -> ToldStay:
    (stay,) = _read(*events, zone=zone, prodid=prodid).stays
    return stay


def _told(stays: Sequence[ToldStay], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(stay, name) for name in names) for stay in stays]


def test_airbnb_tells_the_code_the_address_and_the_last_four_digits_and_no_name() -> None:
    read = read_calendar(AIRBNB, ROME)
    assert (read.portal, read.blocks) == ("Airbnb", 2)
    (stay,) = read.stays
    assert stay == ToldStay(
        uid="1418fb94e984-c36acd434a@airbnb.com",
        check_in=date(2026, 12, 2),
        check_out=date(2026, 12, 6),
        portal="Airbnb",
        code="HMABCD8J99",
        phone_ending="4235",
        url="https://www.airbnb.com/hosting/reservations/details/HMABCD8J99",
    )


def test_bookings_calendar_tells_closed_dates_alone() -> None:
    read = read_calendar(BOOKING, ROME)
    assert (read.portal, read.stays, read.blocks) == ("Booking.com", (), 2)


def test_vrbo_tells_first_names_in_the_hosts_language_and_what_is_not_certain_yet() -> None:
    read = read_calendar(VRBO, ROME)
    assert (read.portal, read.blocks) == ("Vrbo", 1)
    assert _told(read.stays, "guest_name", "status") == [
        ("Melanie", ReservationStatus.CONFIRMED),
        ("M & Mme", ReservationStatus.CONFIRMED),
        ("", ReservationStatus.CONFIRMED),
        ("Sylvie", ReservationStatus.PENDING),
    ]


def test_smoobu_lists_a_stay_three_times_and_says_where_it_was_booked() -> None:
    read = read_calendar(SMOOBU, ROME)
    assert (read.portal, read.blocks) == ("Smoobu", 1)
    assert _told(read.stays, "guest_name", "portal", "code", "check_in") == [
        ("Karl Brunelliere", "Booking.com", "", date(2026, 12, 3)),
        ("Anna Weber", "Airbnb", "HMQWERTY12", date(2026, 12, 10)),
    ]
    assert [len(stay.also) for stay in read.stays] == [0, 2]


def test_guesty_tells_the_guest_the_number_and_the_code() -> None:
    read = read_calendar(GUESTY, ROME)
    (stay,) = read.stays
    assert (read.portal, read.blocks) == ("Guesty", 1)
    assert (stay.guest_name, stay.code) == ("Maria Rossi", "GY-AbC12345")
    assert (stay.phone, stay.phone_ending) == ("+393471234567", "4567")


@pytest.mark.parametrize(
    "summary",
    [
        *("Airbnb (Not available)", "Not available", "CLOSED - Not available", "Blocked", "BLOCK"),
        *("CLOSED – Not available", "Reserved - Not available", "Unavailable", "Owner block"),
        *("Owner stay", "Maintenance", "Hold", "Busy", "Preparation time", "Indisponible"),
        *("Non disponibile", "Bloccato", "Proprietario", "Chiuso", "No disponible", "Bloqueado"),
        *("Nicht verfügbar", "Gesperrt", "Eigenbelegung", "Fermé"),
    ],
)
def test_a_block_is_no_stay(summary: str) -> None:
    read = _read(event(summary))
    assert (read.stays, read.blocks) == ((), 1)


@pytest.mark.parametrize(
    ("summary", "name", "code"),
    [
        ("Reserved", "", ""),
        ("", "", ""),
        ("Reserved - Anna", "Anna", ""),
        ("John Smith (HMABCD1234)", "John Smith", "HMABCD1234"),
        ("Prenotato: Lucia Bianchi", "Lucia Bianchi", ""),
        ("Booking.com - Karl Brunelliere", "Karl Brunelliere", ""),
        ("Réservée - Charlotte & Fred", "Charlotte & Fred", ""),
        ("Reserviert – Jürgen Groß", "Jürgen Groß", ""),
        ("Anna-Maria O'Neill", "Anna-Maria O'Neill", ""),
        ("Famiglia Rossi", "Famiglia Rossi", ""),
        ("张伟", "张伟", ""),
        ("CB-3107", "", ""),
    ],
)
def test_the_summary_tells_the_guest_if_anybody(summary: str, name: str, code: str) -> None:
    stay = _only(event(summary))
    assert (stay.guest_name, stay.code) == (name, code)


@pytest.mark.parametrize(
    ("times", "zone", "nights"),
    [
        ("DTSTART;VALUE=DATE:20261201|DTEND;VALUE=DATE:20261204", ROME, (1, 4)),
        ("DTSTART:20261201|DTEND:20261204", ROME, (1, 4)),
        ("DTSTART;VALUE=DATE:20261201|DURATION:P3D", ROME, (1, 4)),
        ("DTSTART;VALUE=DATE:20261201|DURATION:P1W", ROME, (1, 8)),
        ("DTSTART;VALUE=DATE:20261201", ROME, (1, 2)),
        ("DTSTART;VALUE=DATE:20261201|DTEND;VALUE=DATE:20261201", ROME, (1, 2)),
        ("DTSTART;TZID=Europe/Rome:20261201T160000|DTEND;TZID=Europe/Rome:20261204T100000",
         ROME, (1, 4)),
        ("DTSTART;TZID=America/New_York:20261130T200000|DTEND;TZID=America/New_York:20261203T200000",
         ROME, (1, 4)),
        ("DTSTART;TZID=W. Europe Standard Time:20261201T160000|DTEND;TZID=W. Europe Standard Time:"
         "20261204T100000", ROME, (1, 4)),
        ("DTSTART;TZID=Our own:20261201T160000|DTEND;TZID=Our own:20261204T100000", ROME, (1, 4)),
        ("DTSTART:20261201T230000Z|DTEND:20261204T090000Z", ROME, (2, 4)),
        ("DTSTART:20261201T230000Z|DTEND:20261204T090000Z", NEW_YORK, (1, 4)),
        ("DTSTART:20261201T030000Z|DTEND:20261203T210000Z", AUCKLAND, (1, 4)),
        ("DTSTART:20261201T000000Z|DTEND:20261204T000000Z", NEW_YORK, (1, 4)),
        ("DTSTART:20261201T000000|DTEND:20261204T000000", NEW_YORK, (1, 4)),
        ("DTSTART:20261201T160000|DTEND:20261204T100000", NEW_YORK, (1, 4)),
    ],
)  # fmt: skip
def test_days_are_those_at_the_home(times: str, zone: str, nights: tuple[int, int]) -> None:
    stay = _only(event("Reserved", *times.split("|"), dates=False), zone=zone)
    assert (stay.check_in.day, stay.check_out.day) == nights


@pytest.mark.parametrize(
    "times",
    [
        "DTSTART:20261201T100000Z|DTEND:20261201T140000Z",
        "DTSTART;VALUE=DATE:20261204|DTEND;VALUE=DATE:20261201",
        "DTSTART:soon|DTEND:later",
        "DTEND;VALUE=DATE:20261204",
    ],
)
def test_what_is_no_night_is_neither_a_stay_nor_a_block(times: str) -> None:
    read = _read(event("Cleaner at ten", *times.split("|"), dates=False, uid="u1"))
    assert (read.stays, read.blocks, read.unread) == ((), 0, frozenset({"u1"}))


@pytest.mark.parametrize("rule", ["RRULE:FREQ=WEEKLY;BYDAY=SA", "RDATE;VALUE=DATE:20261208"])
def test_what_comes_again_and_again_is_a_block(rule: str) -> None:
    assert _read(event("Weekends", rule)).blocks == 1


def test_a_year_and_more_is_a_block() -> None:
    read = _read(event("Reserved", "DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20280301",
                       dates=False))  # fmt: skip
    assert (read.stays, read.blocks) == ((), 1)


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        ("CONFIRMED", ReservationStatus.CONFIRMED),
        ("TENTATIVE", ReservationStatus.PENDING),
        ("CANCELLED", ReservationStatus.CANCELLED),
    ],
)
def test_the_status_is_the_entrys(status: str, becomes: ReservationStatus) -> None:
    assert _only(event("Anna", f"STATUS:{status}")).status is becomes


def test_a_cancelled_entry_does_not_swallow_who_booked_the_same_dates_afterwards() -> None:
    read = _read(event("Anna", "STATUS:CANCELLED", uid="1"), event("Berta", uid="2"))
    assert sorted(stay.guest_name for stay in read.stays) == ["Anna", "Berta"]


def test_the_same_dates_with_two_codes_are_two_stays() -> None:
    codes = ("HMAAAA1111", "HMBBBB2222")
    read = _read(*(event(f"Guest ({code})", uid=code) for code in codes))
    assert sorted(stay.code for stay in read.stays) == sorted(codes)


def test_one_id_for_all_entries_tells_nothing_by_itself() -> None:
    first = event("Anna", uid="same")
    second = event("Berta", "DTSTART;VALUE=DATE:20261210", "DTEND;VALUE=DATE:20261212",
                   uid="same", dates=False)  # fmt: skip
    assert len({stay.uid for stay in _read(first, second).stays}) == 2


def test_an_entry_without_an_id_goes_by_its_dates() -> None:
    assert _only(event("Anna", uid="")).uid == "2026-12-01/2026-12-04"


def test_lines_are_unfolded_wherever_they_were_broken() -> None:
    folded = calendar(event("Reserved - Anna We\r\n ber", uid="1"))
    assert read_calendar(folded, ROME).stays[0].guest_name == "Anna Weber"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_it_is_read_in_whatever_was_used_to_write_it(encoding: str) -> None:
    data = calendar(event("Réservée - Hélène")).decode().encode(encoding)
    assert read_calendar(data, ROME).stays[0].guest_name == "Hélène"


def test_line_ends_of_unix_and_blanks_around_do_no_harm() -> None:
    data = b"\n\n" + calendar(event("Anna")).replace(b"\r\n", b"\n") + b"\n \n"
    assert len(read_calendar(data, ROME).stays) == 1


WHOLE = calendar(event("Anna", uid="1"), event("Berta", uid="2"))


@pytest.mark.parametrize("kept", range(20, len(WHOLE) - 3, 7))
def test_a_file_that_was_cut_short_says_nothing(kept: int) -> None:
    with pytest.raises(CalendarError) as refused:
        read_calendar(WHOLE[:kept], ROME)
    assert refused.value.problem is CalendarProblem.CUT_SHORT


@pytest.mark.parametrize(
    "data",
    [b"", b"<!doctype html><title>Sign in</title>", b'{"error": 1}', b"BEGIN:VCARD\r\nEND:VCARD"],
)
def test_what_is_no_calendar_is_called_none(data: bytes) -> None:
    with pytest.raises(CalendarError) as refused:
        read_calendar(data, ROME)
    assert refused.value.problem is CalendarProblem.NOT_A_CALENDAR


def test_a_calendar_of_nothing_is_a_calendar() -> None:
    assert read_calendar(calendar(), ROME).stays == ()


def test_there_is_an_end_to_how_much_is_read() -> None:
    with pytest.raises(CalendarError) as refused:
        read_calendar(calendar(*[event("Anna")] * 5_001), ROME)
    assert refused.value.problem is CalendarProblem.TOO_MANY


@pytest.mark.parametrize(
    ("description", "ending"),
    [
        ("Phone Number (Last 4 Digits): 1234", "1234"),
        ("Numero di telefono (ultime 4 cifre): 0042", "0042"),
        ("Número de teléfono (últimos 4 dígitos): 1234", "1234"),
        ("Telefonnummer (letzte 4 Ziffern): 1234", "1234"),
        ("Numéro de téléphone (4 derniers chiffres): 1234", "1234"),
        ("Phone: +39 347 123 4567", "4567"),
        ("Phone: 0039 347 1234567", "4567"),
        ("Phone: 347 1234567", ""),
        ("Phone:", ""),
        ("Phone Number (Last 4 Digits): none", ""),
        ("Guests: 1234", ""),
    ],
)
def test_the_last_digits_are_told_in_any_language(description: str, ending: str) -> None:
    assert _only(event("Reserved", f"DESCRIPTION:{description}")).phone_ending == ending
