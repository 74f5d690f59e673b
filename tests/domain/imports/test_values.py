"""What the cells of an imported table mean (A3)."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from inbox_app.domain.imports.amounts import read_money
from inbox_app.domain.imports.columns import fingerprint, guess
from inbox_app.domain.imports.dates import DateOrder, evidence, read_date
from inbox_app.domain.imports.fields import Field, Holds, LineProblem, LineRefusedError
from inbox_app.domain.imports.headings import HEADINGS
from inbox_app.domain.imports.moments import LocalMoment
from inbox_app.domain.imports.names import plain
from inbox_app.domain.imports.tables import Cell
from inbox_app.domain.imports.values import read_value
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.services.imports.kinds import KINDS

_DAY, _MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026-12-01T16:30", date(2026, 12, 1)),
        ("20261201", date(2026, 12, 1)),
        ("2026/2/3", date(2026, 2, 3)),
        ("1 dicembre 2026", date(2026, 12, 1)),
        ("Tue, Dec 1st, 2026", date(2026, 12, 1)),
        ("1. Dez. 26", date(2026, 12, 1)),
        ("1 de diciembre de 2026", date(2026, 12, 1)),
        ("1er décembre 2026", date(2026, 12, 1)),
        ("mar 3 mar 2026", date(2026, 3, 3)),
        ("mar. 1 déc. 2026", date(2026, 12, 1)),
        ("Fr., 4. September 2026", date(2026, 9, 4)),
        ("5/5/2026", date(2026, 5, 5)),
        ("01/12/2026", None),
        ("31/02/2026", None),
        ("12/2026", None),
        ("tomorrow", None),
        ("31 Smarch 2026", None),
    ],
)
def test_a_date_is_read_where_its_order_does_not_matter(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("values", "order", "asks"),
    [
        (["01/02/2026", "13/02/2026"], _DAY, False),
        (["01/02/2026", "02/13/2026"], _MONTH, False),
        (["1.2.26", "31.1.26 16:00"], _DAY, False),
        (["01/02/2026", "03/04/2026"], None, True),
        (["13/02/2026", "02/13/2026"], None, True),
        (["02/02/2026", "2026-01-02", "1 dic 2026", "x", None, 5], None, False),
    ],
)
def test_a_column_says_whether_its_days_come_first(
    values: list[Cell], order: DateOrder | None, asks: bool
) -> None:
    found = evidence(values)
    assert (found.order, found.must_ask) == (order, asks)


def test_the_order_of_the_column_decides_and_nothing_else() -> None:
    assert read_date("01/12/2026", _DAY) == date(2026, 12, 1)
    assert read_date("01/12/2026", _MONTH) == date(2026, 1, 12)
    assert read_date("13/12/2026", _MONTH) is None


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("€ 1.234,50", ("1234.50", "EUR")),
        ("1,234.50 USD", ("1234.50", "USD")),
        ("1'234.50", ("1234.50", None)),
        ("1\u00a0234,5 €", ("1234.50", "EUR")),
        ("1.234", ("1234.00", None)),
        ("1.234.567,8", ("1234567.80", None)),
        ("12,5", ("12.50", None)),
        ("-12", ("-12.00", None)),
        ("100-", ("-100.00", None)),
        ("$ 5", ("5.00", None)),
        (1.234, ("1.23", None)),
        (100, ("100.00", None)),
        ("1.23.4", None),
        ("1,2,3", None),
        ("12.3456", None),
        ("free", None),
        ("EUR", None),
        (1e300, None),
    ],
)
def test_money_is_read_as_it_is_written(cell: Cell, amount: tuple[str, str | None] | None) -> None:
    expected = amount and (Decimal(amount[0]), amount[1])
    assert read_money(cell) == expected


@pytest.mark.parametrize(
    ("holds", "cell", "value"),
    [
        (Holds.TIME, "16.30", "16:30"),
        (Holds.TIME, "4 PM", "16:00"),
        (Holds.TIME, "12:05 a.m.", "00:05"),
        (Holds.TIME, "16h", "16:00"),
        (Holds.TIME, "2026-12-01T09:15", "09:15"),
        (Holds.COUNT, 2, 2),
        (Holds.COUNT, "2,0", 2),
        (Holds.CURRENCY, "eur", "EUR"),
        (Holds.CURRENCY, "€", "EUR"),
        (Holds.LANGUAGE, "pt_br", "pt-BR"),
        (Holds.LANGUAGE, "Tedesco", "de"),
        (Holds.LANGUAGE, "englisch", "en"),
        (Holds.COUNTRY, "de", "DE"),
        (Holds.COUNTRY, "Deutschland", "DE"),
        (Holds.COUNTRY, "Regno Unito", "GB"),
        (Holds.STATUS, "CONFERMATA", ReservationStatus.CONFIRMED),
        (Holds.STATUS, "cancelled_by_guest", ReservationStatus.CANCELLED),
        (Holds.STATUS, "storniert", ReservationStatus.CANCELLED),
        (Holds.EMAIL, " Ada@Example.com ", "ada@example.com"),
        (Holds.PHONES, "+39 347 1; 06 2\n3", ["+39 347 1", "06 2", "3"]),
        (Holds.PHONES, 393471234567, ["393471234567"]),
        (Holds.LINE, "  a\tb ", "a b"),
        (Holds.KEY, 42, "42"),
        (Holds.TEXT, "a\r\nb", "a\nb"),
        (Holds.LINE, "   ", None),
        (Holds.TASK_KIND, "Pulizie", TaskKind.CLEANING),
        (Holds.TASK_KIND, "Réparation", TaskKind.MAINTENANCE),
        (Holds.TASK_KIND, "check-in", TaskKind.CHECK_IN),
        (Holds.TASK_STATUS, "In corso", TaskStatus.IN_PROGRESS),
        (Holds.TASK_STATUS, "hecho", TaskStatus.DONE),
        (Holds.TASK_STATUS, "in_progress", TaskStatus.IN_PROGRESS),
        (Holds.MOMENT, "2026-12-05", LocalMoment(date(2026, 12, 5))),
        (Holds.MOMENT, "2026-12-05 10:30", LocalMoment(date(2026, 12, 5), time(10, 30))),
        (Holds.MOMENT, "25/12/2026 4:05 pm", LocalMoment(date(2026, 12, 25), time(16, 5))),
        (Holds.MOMENT, "5 dicembre 2026 09:00", LocalMoment(date(2026, 12, 5), time(9))),
        (Holds.MOMENT, "2026-12-05T11:00:00+01:00", datetime(2026, 12, 5, 10, tzinfo=UTC)),
    ],
)
def test_a_cell_is_read_by_what_its_field_holds(holds: Holds, cell: Cell, value: Any) -> None:
    assert read_value(Field("f", holds), cell, _DAY) == value


def test_a_day_ends_at_the_home_unless_it_has_an_hour() -> None:
    day = LocalMoment(date(2026, 7, 1))
    assert day.there("Europe/Rome") == datetime(2026, 7, 1, 21, 59, tzinfo=UTC)
    assert day.there("Europe/Rome", "10:00") == datetime(2026, 7, 1, 8, tzinfo=UTC)
    hour = LocalMoment(date(2026, 7, 1), time(9))
    assert hour.there("Europe/Rome", "10:00") == datetime(2026, 7, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("holds", "cell", "why"),
    [
        (Holds.DATE, "31/02/2026", LineProblem.BAD_DATE),
        (Holds.TIME, "25:00", LineProblem.BAD_TIME),
        (Holds.TIME, "13 pm", LineProblem.BAD_TIME),
        (Holds.COUNT, "two", LineProblem.BAD_COUNT),
        (Holds.COUNT, 2.5, LineProblem.BAD_COUNT),
        (Holds.COUNT, -1, LineProblem.BAD_COUNT),
        (Holds.MONEY, "free", LineProblem.BAD_MONEY),
        (Holds.CURRENCY, "euros", LineProblem.BAD_CURRENCY),
        (Holds.STATUS, "perhaps", LineProblem.BAD_STATUS),
        (Holds.ACTOR_KIND, "plumber's cat", LineProblem.BAD_ACTOR_KIND),
        (Holds.TASK_KIND, "plumber's cat", LineProblem.BAD_TASK_KIND),
        (Holds.TASK_STATUS, "confermata", LineProblem.BAD_STATUS),
        (Holds.MOMENT, "31/02/2026 10:00", LineProblem.BAD_DATE),
        (Holds.LANGUAGE, "Klingon", LineProblem.BAD_LANGUAGE),
        (Holds.COUNTRY, "Atlantis", LineProblem.BAD_COUNTRY),
        (Holds.TIME_ZONE, "CET+1", LineProblem.BAD_TIME_ZONE),
        (Holds.EMAIL, "ada at example", LineProblem.BAD_EMAIL),
        (Holds.WEB_ADDRESS, "javascript:alert(1)", LineProblem.BAD_WEB_ADDRESS),
        (Holds.LINE, "x" * 201, LineProblem.TOO_LONG),
        (Holds.TEXT, "x" * 20_001, LineProblem.TOO_LONG),
    ],
)
def test_a_cell_that_says_something_else_is_refused_with_the_reason(
    holds: Holds, cell: Cell, why: LineProblem
) -> None:
    with pytest.raises(LineRefusedError) as refused:
        read_value(Field("f", holds), cell)
    assert (refused.value.why, refused.value.field) == (why, "f")


_FIELDS = (
    Field("external_id", Holds.KEY),
    Field("code"),
    Field("accommodation"),
    Field("guest_name", words=("guest_name", "name")),
    Field("phones", Holds.PHONES, many=True),
    Field("email", Holds.EMAIL),
    Field("check_in", Holds.DATE),
    Field("check_out", Holds.DATE),
    Field("arrival_time", Holds.TIME),
    Field("status", Holds.STATUS),
    Field("adults", Holds.COUNT),
    Field("total", Holds.MONEY),
    Field("notes", Holds.TEXT),
)


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            ["Codice prenotazione", "Alloggio", "Ospite", "Telefono", "Arrivo", "Partenza"],
            ["code", "accommodation", "guest_name", "phones", "check_in", "check_out"],
        ),
        (
            ["Confirmation code", "Listing", "Guest name", "Contact", "Start date", "End date"],
            ["code", "accommodation", "guest_name", "", "check_in", "check_out"],
        ),
        (
            ["Buchungsnummer", "Unterkunft", "Gastname", "Handynummer", "Anreise", "Abreise"],
            ["code", "accommodation", "guest_name", "phones", "check_in", "check_out"],
        ),
        (
            ["Código de reserva", "Alojamiento", "Huésped", "Móvil", "Llegada", "Salida"],
            ["code", "accommodation", "guest_name", "phones", "check_in", "check_out"],
        ),
        (
            ["N° réservation", "Hébergement", "Voyageur", "Téléphone", "Arrivée", "Départ"],
            ["code", "accommodation", "guest_name", "phones", "check_in", "check_out"],
        ),
        (
            ["Phone", "Phone (2)", "Check-in time", "Totale (EUR)", "Acommodation", "Colour"],
            ["phones", "phones", "arrival_time", "total", "accommodation", ""],
        ),
    ],
    ids=["it", "en", "de", "es", "fr", "several, other words, a slip"],
)
def test_columns_are_known_by_their_headings(headings: list[str], fields: list[str]) -> None:
    assert guess(headings, [[]] * len(headings), _FIELDS) == fields


@pytest.mark.parametrize(
    "headings",
    [
        ["Operazione", "Tipo", "Stato", "Alloggio", "Fornitore", "Scadenza", "Descrizione"],
        ["Task", "Type", "Status", "Property", "Assignee", "Due date", "Notes"],
        ["Tarea", "Tipo", "Estado", "Alojamiento", "Proveedor", "Fecha límite", "Descripción"],
        ["Aufgabe", "Art", "Status", "Unterkunft", "Dienstleister", "Fällig am", "Beschreibung"],
        ["Tâche", "Type", "Statut", "Logement", "Prestataire", "Échéance", "Description"],
    ],
    ids=["it", "en", "es", "de", "fr"],
)
def test_the_columns_of_tasks_are_known_by_their_headings(headings: list[str]) -> None:
    found = guess(headings, [[]] * len(headings), KINDS["tasks"].fields)
    wanted = ["title", "task_kind", "task_status", "accommodation", "supplier", "due_at"]
    assert found == [*wanted, "description"]


def test_what_stands_in_a_column_speaks_against_its_heading_and_for_an_address() -> None:
    samples: list[list[Cell]] = [["16:00", "15:30"], ["2026-12-01"], ["ada@example.com", None]]
    found = guess(["Arrival", "Check-in", ""], samples, _FIELDS)
    assert found == ["", "check_in", "email"]


def test_a_source_is_known_again_by_its_headings() -> None:
    assert fingerprint(["Code", "Check-in"]) == fingerprint(["CODE ", "check in"])
    assert fingerprint(["Code", "Check-in"]) != fingerprint(["Check-in", "Code"])


def test_no_heading_stands_twice_in_an_entry() -> None:
    for words in HEADINGS.values():
        assert all(plain(word) for word in words.split(","))
