"""A spreadsheet of reservations is dropped, corrected, tried, imported, and taken back as a whole
(A3)."""

from datetime import date, timedelta

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.journeys.devices import ADMIN, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.support.samples.workbooks import workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADINGS = ("Prenotazione", "Casa", "Ospite", "Chi chiamare", "Arrivo", "Partenza")


def _table(number: str) -> bytes:
    """A stay of the guest with this number, and two lines that cannot go in."""
    arrival = date.today() + timedelta(days=20)  # noqa: DTZ011 - any day about now will do
    departure = arrival + timedelta(days=3)
    return workbook(
        [
            _HEADINGS,
            ("IMP-1", "Casa Blu", "Greta Importata", number, arrival, departure),
            ("IMP-2", "Casa Nessuna", "Ivo Zanni", "+39 347 999 1001", arrival, departure),
            ("IMP-3", "Casa Blu", "Lia Moro", "+39 347 999 1002", departure, arrival),
        ]
    )


def test_a_spreadsheet_is_corrected_tried_imported_and_undone(
    devices: Devices, inbox: Inbox, phone: Phone
) -> None:
    phone.write("Buongiorno, arriviamo tra venti giorni")
    inbox.open(phone.name)
    page = devices.signed_in(ADMIN, "/imports")
    file = FilePayload(name="soggiorni.xlsx", mimeType=_XLSX, buffer=_table(phone.number))
    page.locator("input[type=file]").set_input_files(file)

    _correct(page)
    page.get_by_role("button", name="Controlla le righe").click()
    _refused_lines_are_named(page)
    expect(inbox.thread.get_by_role("heading", level=1)).to_contain_text(phone.name)
    page.get_by_role("button", name="Importa l'altra riga").click()
    expect(page.get_by_role("status").filter(has_text="Importata")).to_be_visible()
    inbox.shows("Greta Importata")
    expect(inbox.reservation).to_contain_text("Casa Blu")
    expect(inbox.reservation).to_contain_text("IMP-1")

    page.get_by_role("button", name="Annulla questa importazione").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Annulla questa").click()
    expect(page.get_by_text("1 riga è stata annullata")).to_be_visible()
    inbox.shows(phone.name)
    expect(inbox.page.get_by_text("IMP-1")).to_have_count(0)
    page.get_by_role("link", name="Tutte le importazioni").click()
    undone = page.get_by_role("link", name="soggiorni.xlsx").first
    expect(undone).to_contain_text("Annullata")
    assert _left_of(undone.locator(".import-file")) < _left_of(undone.get_by_role("time"))


def _left_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["x"]


def _correct(page: Page) -> None:
    """All are guessed but one, which is told."""
    expect(page.get_by_role("heading", name="soggiorni.xlsx")).to_be_visible()
    for heading, meaning in (
        ("Prenotazione", "code"),
        ("Casa", "accommodation"),
        ("Ospite", "guest_name"),
        ("Chi chiamare", ""),
        ("Arrivo", "check_in"),
        ("Partenza", "check_out"),
    ):
        expect(_meaning(page, heading)).to_have_value(meaning)
    _meaning(page, "Chi chiamare").select_option("Telefono del turista")
    expect(_meaning(page, "Chi chiamare")).to_have_value("guest_phones")


def _meaning(page: Page, heading: str) -> Locator:
    return page.get_by_label(f"Significato di «{heading}»")


def _refused_lines_are_named(page: Page) -> None:
    would = page.get_by_role("group", name="Che cosa succederebbe")
    expect(would.get_by_role("button", name="Nuove")).to_contain_text("1")
    would.get_by_role("button", name="Rifiutate").click()
    lines = page.get_by_role("listitem")
    expect(lines.filter(has_text="Riga 3")).to_contain_text(
        "Nessun alloggio ha la chiave o il nome «Casa Nessuna»"
    )
    expect(lines.filter(has_text="Riga 4")).to_contain_text("La partenza non è dopo l'arrivo")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Scarica le righe rifiutate").click()
    refused = downloading.value.path().read_text()
    assert "Ivo Zanni" in refused
    assert "Lia Moro" in refused
    assert "Greta" not in refused
