"""Somebody whom nobody knows becomes known, on every device at once (A1, A2)."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.devices import AGENT, HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.site import Site

NUMBER = "+39 340 111 2233"


@pytest.fixture
def nadia(inbox: Inbox, site: Site) -> Inbox:
    """The inbox with the conversation of a number that nobody knows."""
    site.receive("+393401112233", "Domani pulisco alle dieci", name="Nadia")
    inbox.open(NUMBER)
    return inbox


def choose(page: Page, item: str) -> Locator:
    """From ⋮; the dialog of the same name."""
    page.get_by_role("button", name="Altre azioni").click()
    page.get_by_role("menuitem", name=item).click()
    return page.get_by_role("dialog", name=item)


def test_an_unknown_number_becomes_the_cleaner_in_another_browser_too_until_it_is_undone(
    nadia: Inbox, devices: Devices
) -> None:
    other = devices.inbox(AGENT, path=nadia.page.url, screen=HANDHELD)
    for device in (nadia, other):
        expect(device.thread).to_contain_text("~Nadia")
    dialog = choose(nadia.page, "Aggiungi nuovo")
    expect(dialog.get_by_role("textbox", name="Numero di telefono")).to_have_value(NUMBER)
    email = dialog.get_by_role("textbox", name="E-mail")
    email.fill("nadia@example")
    dialog.get_by_role("combobox", name="Tipo").select_option(label="Fornitore")
    email.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Scrivi un nome")
    expect(email).to_have_value("nadia@example")
    email.fill("nadia@example.com")
    dialog.get_by_role("textbox", name="Nome").fill("Nadia Pulizie")
    dialog.get_by_role("searchbox", name="Alloggio").fill("blu")
    dialog.get_by_role("button", name="Casa Blu").click()
    dialog.get_by_role("button", name="Salva").click()

    for device in (nadia, other):
        heading = device.thread.get_by_role("heading", level=1)
        expect(heading).to_contain_text("Nadia Pulizie")
        expect(heading).to_contain_text("Fornitore")
        expect(device.message("Domani pulisco")).to_be_visible()
    expect(nadia.row("Nadia Pulizie")).to_contain_text("Domani pulisco")
    nadia.page.get_by_role("button", name="Altre azioni").click()
    expect(nadia.page.get_by_role("menuitem", name="Scollega")).to_be_visible()
    expect(nadia.page.get_by_role("menuitem", name="Aggiungi")).to_have_count(0)
    nadia.page.keyboard.press("Escape")

    nadia.thread.get_by_role("button", name="Annulla").click()
    for device in (nadia, other):
        heading = device.thread.get_by_role("heading", level=1)
        expect(heading).to_contain_text(NUMBER)


def test_one_of_the_people_is_chosen_by_keyboard_after_a_warning_and_let_go(
    nadia: Inbox,
) -> None:
    page = nadia.page
    dialog = choose(page, "Aggiungi esistente")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("pulizie ro")
    expect(dialog.get_by_role("button", name="Pulizie Rossi")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert").first).to_contain_text("ha un altro numero")
    page.keyboard.press("Enter")
    heading = nadia.thread.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Pulizie Rossi")
    expect(dialog).to_have_count(0)

    page.get_by_role("button", name="Altre azioni").click()
    page.get_by_role("menuitem", name="Scollega").click()
    page.get_by_role("dialog", name="Scollegare").get_by_role("button", name="Scollega").click()
    expect(heading).to_contain_text(NUMBER)
