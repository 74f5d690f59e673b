"""What another application shares goes into the conversation that is chosen for it (N3)."""

import pytest
from playwright.sync_api import expect

from tests.journeys.devices import HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.sharing import is_taken_care_of, share


@pytest.fixture
def handheld(devices: Devices) -> Inbox:
    inbox = devices.inbox(screen=HANDHELD)
    is_taken_care_of(inbox.page)
    return inbox


def test_what_is_shared_lands_in_the_box_and_above_it(handheld: Inbox, phone: Phone) -> None:
    page = handheld.page
    phone.write("Mi manda la mappa?")
    share(page, "Siamo qui: https://example.com/mappa", "ingresso.jpg")
    bar = page.get_by_role("status").filter(has_text="Scegli la conversazione")
    expect(bar).to_contain_text("ingresso.jpg · Siamo qui")
    page.reload()
    expect(bar).to_contain_text("ingresso.jpg")
    handheld.row(phone.name).get_by_role("link").tap()
    expect(handheld.box).to_have_value("Siamo qui: https://example.com/mappa")
    attached = handheld.thread.get_by_role("list", name="File allegati")
    expect(attached.get_by_role("listitem")).to_have_count(1)
    expect(bar).to_have_count(0)
    page.go_back()
    expect(handheld.row(phone.name)).to_contain_text("Siamo qui: https://example.com/mappa")
    expect(bar).to_have_count(0)


def test_a_page_that_is_closed_right_after_loses_nothing(handheld: Inbox, phone: Phone) -> None:
    page = handheld.page
    phone.write("Dove si parcheggia?")
    share(page, "Nel cortile, a destra")
    expect(page.get_by_role("status").filter(has_text="Nel cortile, a destra")).to_be_visible()
    handheld.row(phone.name).get_by_role("link").tap()
    expect(handheld.box).to_have_value("Nel cortile, a destra")
    again = Inbox(page.context.new_page())
    page.close()
    again.page.goto("/inbox")
    bar = again.page.get_by_role("status").filter(has_text="Nel cortile, a destra")
    expect(bar).to_contain_text("Scegli la conversazione")
    again.row(phone.name).get_by_role("link").tap()
    expect(bar).to_have_count(0)
    expect(again.box).to_have_value("Nel cortile, a destra")


def test_what_cannot_be_added_to_one_conversation_waits_for_another(handheld: Inbox) -> None:
    page = handheld.page
    share(page, "Il nuovo regolamento")
    bar = page.get_by_role("status").filter(has_text="Il nuovo regolamento")
    expect(bar).to_contain_text("Scegli la conversazione")
    handheld.row("Inês Carvalho").get_by_role("link").tap()
    expect(bar).to_contain_text("Scegli un'altra conversazione")
    page.go_back()
    expect(bar).to_contain_text("Scegli la conversazione")
    bar.get_by_role("button", name="Scarta").tap()
    expect(bar).to_have_count(0)
    page.reload()
    handheld.is_there()
    expect(bar).to_have_count(0)


def test_what_is_shared_without_a_network_is_kept(handheld: Inbox, devices: Devices) -> None:
    page = handheld.page
    page.wait_for_function("caches.has('offline')")
    devices.forgive_lost_connections()
    page.context.set_offline(True)
    share(page, "Codice 4821")
    expect(page.get_by_text("Ciò che hai condiviso resta qui")).to_be_visible()
    page.context.set_offline(False)
    bar = page.get_by_role("status").filter(has_text="Codice 4821")
    expect(bar).to_contain_text("Scegli la conversazione")
