"""A phone in the property manager's hand, and texts that would like to break its screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.devices import DESKTOP, HANDHELD, Devices, Screen
from tests.journeys.inbox import Inbox
from tests.journeys.site import Site

LONG = ("Gentile ospite, grazie di averci scritto. " * 100)[:4096].strip()
NOTHING_TO_BREAK = "a" * 900
MALICE = "\u202e<script>document.title='rotto'</script>\u202e <img src=x onerror=alert(1)>"


@pytest.fixture
def handheld(devices: Devices) -> Inbox:
    return devices.inbox(screen=HANDHELD)


def test_list_thread_and_back(handheld: Inbox) -> None:
    expect(handheld.thread).to_be_hidden()
    handheld.open("Ada Bianchi")
    expect(handheld.conversations).to_be_hidden()
    handheld.page.get_by_role("link", name="Torna alle conversazioni").click()
    expect(handheld.row("Ada Bianchi")).to_be_visible()
    expect(handheld.thread).to_be_hidden()

    handheld.open("Ada Bianchi")
    handheld.page.go_back()
    expect(handheld.row("Ada Bianchi")).to_be_visible()


def test_the_box_stands_above_the_keyboard(handheld: Inbox) -> None:
    handheld.open("Marie Lefèvre")
    handheld.box.tap()
    handheld.page.set_viewport_size({"width": 390, "height": 420})  # a keyboard is open
    expect(handheld.box).to_be_in_viewport(ratio=1)
    expect(handheld.send_button).to_be_in_viewport(ratio=1)
    expect(handheld.message("Però il codice del cancello")).to_be_in_viewport(ratio=1)


def test_on_a_phone_enter_breaks_the_line(handheld: Inbox) -> None:
    handheld.open("Bartholomew")
    handheld.box.fill("Caro Bartholomew,")
    handheld.box.press("Enter")
    handheld.box.press_sequentially("grazie")
    expect(handheld.box).to_have_value("Caro Bartholomew,\ngrazie")
    handheld.box.fill("")


def test_the_reservation_is_a_sheet_that_comes_and_goes(handheld: Inbox) -> None:
    handheld.open("Marie Lefèvre")
    expect(handheld.reservation).to_be_hidden()
    handheld.page.get_by_role("button", name="Altre azioni").tap()
    handheld.page.get_by_role("button", name="Prenotazione", exact=True).tap()
    expect(handheld.reservation).to_be_in_viewport()
    expect(handheld.reservation).to_contain_text("CB-3107")
    handheld.reservation.get_by_role("button", name="Chiudi").tap()
    expect(handheld.reservation).to_be_hidden()


def test_a_supplier_has_no_reservation_panel(inbox: Inbox) -> None:
    inbox.open("Pulizie Rossi")
    expect(inbox.reservation).to_have_count(0)
    inbox.open("Ada Bianchi")
    expect(inbox.reservation).to_contain_text("VG-2214")


@pytest.mark.parametrize("screen", [DESKTOP, HANDHELD], ids=["desktop", "handheld"])
def test_no_text_breaks_the_page(devices: Devices, site: Site, screen: Screen) -> None:
    site.receive("+393401112222", LONG, NOTHING_TO_BREAK, MALICE, name=f"{MALICE} {'w' * 300}")
    inbox = devices.inbox(screen=screen)
    expect(inbox.row("+39 340 111 2222")).to_contain_text("<script>")
    assert _is_as_wide_as_its_screen(inbox.page)
    inbox.open("+39 340 111 2222")
    expect(inbox.message(LONG).last).to_be_visible()
    expect(inbox.message(NOTHING_TO_BREAK).last).to_be_visible()
    expect(inbox.message("<img src=x").last).to_be_visible()
    assert _is_as_wide_as_its_screen(inbox.page)
    assert inbox.page.title() != "rotto"
    inbox.box.fill(NOTHING_TO_BREAK)
    assert _is_as_wide_as_its_screen(inbox.page)
    expect(inbox.send_button).to_be_in_viewport(ratio=1)


def _is_as_wide_as_its_screen(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")
