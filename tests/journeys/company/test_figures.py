"""How quickly who is answered, and what is not, on screen and as a file (X7)."""

import csv

from playwright.sync_api import Locator, Page, expect

from tests.journeys.devices import ADMIN, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import Site

_ME = "Giulia Russo"


def test_an_answer_is_in_the_figures_of_whoever_gave_it(
    devices: Devices, site: Site, inbox: Inbox, phone: Phone
) -> None:
    site.count_figures()
    page = devices.signed_in(ADMIN, "/figures")
    _choose(page, "Questa settimana")
    asked, answered = _requests_without_a_stay(page), _my_answers(page)
    before, left = _number(asked), _number(answered)
    unanswered = _number(_tile(page, "Senza risposta"))

    phone.write("A che ora è il check-in?")
    inbox.open(phone.name)
    site.count_figures()
    page.reload()
    expect(asked).to_have_text(str(before + 1))
    expect(_tile(page, "Senza risposta")).to_have_text(str(unanswered + 1))

    inbox.answer("Dalle 16")
    expect(phone.message("Dalle 16")).to_be_visible()
    site.count_figures()
    page.reload()
    expect(_tile(page, "Senza risposta")).to_have_text(str(unanswered))
    expect(answered).to_have_text(str(left + 1))


def test_another_period_is_another_table_and_another_file(devices: Devices, site: Site) -> None:
    site.count_figures()
    page = devices.signed_in(ADMIN, "/figures")
    _is_by(page, "settimana", 4)
    _choose(page, "Settimana scorsa")
    _is_by(page, "giorno", 7)
    _choose(page, "12 settimane")
    _is_by(page, "settimana", 12)


def _is_by(page: Page, step: str, many: int) -> None:
    """The table and the file are by days or weeks, so many."""
    card = page.get_by_role("region", name=f"Richieste, per {step}").first
    card.get_by_text("Come tabella").click()
    expect(card.get_by_role("rowheader")).to_have_count(many)
    card.get_by_text("Come tabella").click()
    with page.expect_download() as saving:
        page.get_by_role("link", name="Scarica come CSV").click()
    assert saving.value.suggested_filename == "figures.csv"
    with saving.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert sum(row["Numeri di"] == "Azienda" for row in csv.DictReader(file)) == many


def _choose(page: Page, period: str) -> None:
    page.get_by_label("Periodo").select_option(period)
    expect(page.get_by_label("Periodo").locator("option:checked")).to_have_text(period)


def _tile(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True).locator(".figure-value")


def _my_answers(page: Page) -> Locator:
    return _first_figure(page, "Per persona", _ME)


def _requests_without_a_stay(page: Page) -> Locator:
    return _first_figure(page, "Per alloggio", "Senza soggiorno")


def _first_figure(page: Page, table: str, name: str) -> Locator:
    rows = page.get_by_role("region", name=table, exact=True).first.get_by_role("row")
    row = rows.filter(has=page.get_by_role("rowheader", name=name, exact=True))
    return row.get_by_role("cell").first


def _number(shown: Locator) -> int:
    return int(shown.inner_text())
