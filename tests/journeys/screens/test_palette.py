"""The palette of Ctrl+K: anything found, anything done, by keyboard (P9)."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.devices import HANDHELD, Devices
from tests.journeys.inbox import Inbox


def _box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Cerca ovunque")


def _chosen(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_role("option", selected=True)


def _open(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(_box(page)).to_be_focused()


def test_somebody_their_stay_and_a_message_are_gone_to_by_keyboard(devices: Devices) -> None:
    inbox = devices.inbox()
    page = inbox.page
    _open(page)
    expect(page.get_by_role("group", name="Conversazioni recenti")).to_be_visible()
    page.keyboard.type("BIÀNC")
    people = page.get_by_role("group", name="Persone").get_by_role("option")
    expect(people.locator("mark")).to_have_text("Bianchi")
    expect(page.get_by_role("status").filter(has_text="risultati")).to_be_attached()
    expect(_box(page)).to_have_attribute("aria-activedescendant", _id_of(_chosen(page)))
    page.keyboard.press("Enter")
    inbox.shows("Ada Bianchi")
    expect(_box(page)).to_have_count(0)

    _open(page)
    page.keyboard.type("cb3107")
    stay = page.get_by_role("group", name="Prenotazioni").get_by_role("option")
    expect(stay).to_have_count(1)
    expect(stay).to_contain_text("CB-3107 · Casa Blu")
    page.keyboard.press("Enter")
    inbox.shows("Marie Lefèvre")

    _open(page)
    page.keyboard.type("cancello")
    expect(page.get_by_role("group", name="Messaggi").get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?m=\d+"))


def _id_of(option: Locator) -> str:
    return option.get_attribute("id") or ""


def test_commands_go_to_pages_filter_and_put_away(devices: Devices) -> None:
    page = devices.signed_in("demo@example.com", "/templates")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    _open(page)
    page.keyboard.type("forn")
    expect(_chosen(page)).to_contain_text("Fornitori")
    page.keyboard.press("Enter")
    inbox = Inbox(page)
    expect(inbox.row("Pulizie Rossi")).to_be_visible()
    expect(inbox.row("Ada Bianchi")).to_have_count(0)

    inbox.open("Pulizie Rossi")
    _open(page)
    page.keyboard.type("archi")
    expect(_chosen(page)).to_have_text("Archivia")
    page.keyboard.press("Enter")
    expect(inbox.thread.get_by_text("Archiviata", exact=True)).to_be_visible()
    _open(page)
    page.keyboard.type("archivio")
    page.keyboard.press("Enter")
    expect(inbox.thread.get_by_text("Archiviata", exact=True)).to_have_count(0)

    _open(page)
    page.keyboard.type("qwxz")
    expect(page.get_by_text("Nessun risultato per «qwxz»")).to_be_visible()
    page.keyboard.press("Escape")
    expect(_box(page)).to_have_count(0)


def test_on_a_phone_it_opens_by_its_button_and_back_puts_it_away(
    devices: Devices,
) -> None:
    page = devices.signed_in("demo@example.com", "/", HANDHELD)
    page.get_by_role("button", name="Cerca ovunque").click()
    _box(page).fill("casa")
    expect(
        page.get_by_role("group", name="Prenotazioni").get_by_role("option").first
    ).to_be_visible()
    page.go_back()
    expect(_box(page)).to_have_count(0)
    expect(page.get_by_role("region", name="Conversazioni")).to_be_visible()
