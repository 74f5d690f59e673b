"""Who an unknown sender may be, and why: a table of reasons (A2)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from inbox_app.domain.people.candidates import (
    Booking,
    Known,
    Reason,
    Sender,
    codes_in,
    is_about_now,
    name_reason,
    suggested,
)
from inbox_app.domain.stays.stays import ReservationStatus

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Stay:
    check_in: date
    check_out: date
    status: ReservationStatus = ReservationStatus.CONFIRMED


def booking(
    code: str,
    arrives: int,
    nights: int = 4,
    status: ReservationStatus = ReservationStatus.CONFIRMED,
) -> Booking:
    check_in = TODAY + timedelta(days=arrives)
    return Booking(code, Stay(check_in, check_in + timedelta(days=nights), status), TODAY)


@pytest.mark.parametrize(
    ("profile", "name", "reason"),
    [
        ("Ada Bianchi", "Ada Bianchi", Reason.SAME_NAME),
        ("bianchi ADA 🌸", "Ada Bianchi", Reason.SAME_NAME),
        ("Jurgen Muller", "Jürgen Müller", Reason.SAME_NAME),
        ("Anna Rossi", "Anna Maria Rossi", Reason.SAME_NAME),
        ("Giusepe Verdi", "Giuseppe Verdi", Reason.SIMILAR_NAME),
        ("Hans M.", "Hans Müller", Reason.SIMILAR_NAME),
        ("H. Müller", "Hans Müller", None),
        ("Anna", "Anna Rossi", Reason.SIMILAR_NAME),
        ("Ada", "Adamo Rossi", None),
        ("Ada Rossi", "Ida Rosi", None),
        ("A B", "Anna Bianchi", None),
        ("🌸", "🌺", None),
        ("", "Anna Rossi", None),
    ],
)
def test_a_profile_called_as_somebody(profile: str, name: str, reason: Reason | None) -> None:
    assert name_reason(profile, name) is reason
    assert name_reason(name, profile) is reason


@pytest.mark.parametrize(
    ("arrives", "nights", "status", "now"),
    [
        (0, 4, ReservationStatus.CONFIRMED, True),
        (3, 4, ReservationStatus.CONFIRMED, True),
        (4, 4, ReservationStatus.CONFIRMED, False),
        (-2, 4, ReservationStatus.CONFIRMED, True),
        (-6, 4, ReservationStatus.CONFIRMED, True),
        (-7, 4, ReservationStatus.CONFIRMED, False),
        (0, 4, ReservationStatus.CANCELLED, False),
        (1, 4, ReservationStatus.INQUIRY, False),
    ],
)
def test_a_stay_about_now(arrives: int, nights: int, status: ReservationStatus, now: bool) -> None:
    assert is_about_now(booking("X", arrives, nights, status)) is now


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Buongiorno, prenotazione CB-3107!", "cb3107"),
        ("my booking is cb 3107 thanks", "cb3107"),
        ("(HMXYZ12345)", "hmxyz12345"),
        ("n. 4711/B", "4711b"),
    ],
)
def test_a_code_in_a_text(text: str, code: str) -> None:
    assert code in codes_in([text])


def test_words_and_short_figures_are_no_codes_and_a_flood_of_them_is_cut() -> None:
    assert codes_in(["Arriviamo alle 18", "siamo in 4"]) == {"alle18"}
    assert len(codes_in([" ".join(f"A{number:05}" for number in range(5000))])) == 200


@pytest.mark.parametrize(
    ("known", "reasons"),
    [
        (Known(1, "Nina", ["+393471234567"]), [Reason.SAME_NUMBER]),
        (Known(1, "Nina", ["347 123 4567"], ["IT"]), [Reason.NO_PREFIX]),
        (Known(1, "Nina", ["347 123 4567"], ["ES"]), []),
        (Known(1, "Nina", ["+393471234568"]), []),
        (Known(1, "Nina", bookings=[booking("CB-3107", 90)]), [Reason.CODE]),
        (Known(1, "Ada Bianchi"), [Reason.SAME_NAME]),
        (Known(1, "Adda Bianchi"), []),
        (
            Known(1, "Adda Bianchi", bookings=[booking("X", 1)]),
            [Reason.SIMILAR_NAME, Reason.ARRIVAL],
        ),
        (Known(1, "Nina", bookings=[booking("X", 1)]), [Reason.ARRIVAL]),
        (Known(1, "Nina", bookings=[booking("X", 40)]), []),
    ],
)
def test_what_speaks_for_somebody(known: Known, reasons: list[Reason]) -> None:
    sender = Sender("393471234567", "Ada Bianchi", frozenset({"cb3107"}))
    found = suggested(sender, [known], at_most=5)
    assert [list(one.reasons) for one in found] == ([reasons] if reasons else [])


def test_the_likeliest_stands_first_and_no_more_than_asked_for() -> None:
    people = [
        Known(1, "Ada Bianchi"),
        Known(2, "Zoe", ["+393471234567"]),
        Known(3, "Ada Bianchi", bookings=[booking("X", 0)]),
        Known(4, "Nina", bookings=[booking("CB-3107", 90)]),
    ]
    sender = Sender("393471234567", "Ada Bianchi", frozenset({"cb3107"}))
    assert [one.id for one in suggested(sender, people, at_most=5)] == [2, 4, 3, 1]
    assert [one.id for one in suggested(sender, people, at_most=2)] == [2, 4]


def test_that_somebody_arrives_is_something_only_while_few_do() -> None:
    few = [Known(id_, f"Ospite {id_}", bookings=[booking("X", id_ % 3)]) for id_ in range(1, 6)]
    many = [*few, Known(6, "Ospite 6", bookings=[booking("X", 0)])]
    assert len(suggested(Sender("", ""), few, at_most=5)) == 5
    assert suggested(Sender("", ""), many, at_most=5) == []


def test_who_has_only_an_id_of_the_channel_may_still_be_known_by_name() -> None:
    (found,) = suggested(Sender("", "Ada Bianchi"), [Known(1, "Ada Bianchi", ["+39"])], at_most=5)
    assert found.reasons == (Reason.SAME_NAME,)
