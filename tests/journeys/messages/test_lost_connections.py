"""The network goes, the server goes; both come back, and nothing is missing or doubled."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.devices import HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.site import Site

WHILE_AWAY = ["Siamo in coda al casello", "Arriviamo verso le sette", "Forse le otto"]
ANSWERS = ["risposta: dalle 16", "risposta: il codice è 4471", "risposta: a domani"]

BLACK = "rgb(12, 15, 17)"
"""Of the photos' own styles."""


@pytest.fixture
def tunnel(site: Site, devices: Devices) -> Iterator[Site]:
    """The site, whose network may be lost; it is found again afterwards."""
    devices.forgive_lost_connections()
    yield site
    site.network.find()


def test_after_a_tunnel_nothing_is_missing_and_nothing_is_there_twice(
    inbox: Inbox, devices: Devices, tunnel: Site
) -> None:
    phone = devices.phone()
    phone.write("Siamo partiti")
    number, name = phone.number, phone.name
    inbox.open(name)
    phone.page.close()

    tunnel.network.lose()
    inbox.page.context.set_offline(True)
    tunnel.receive(number, *WHILE_AWAY)
    expect(inbox.page.get_by_text("Sei offline")).to_be_visible()
    inbox.box.fill("Vi aspettiamo")
    inbox.box.press("Enter")
    expect(inbox.box).to_have_value("")
    expect(inbox.message("Vi aspettiamo")).to_contain_text("In coda")
    expect(inbox.message("Vi aspettiamo")).to_contain_text("appena torna la connessione")

    tunnel.network.find()
    inbox.page.context.set_offline(False)
    expect(inbox.page.get_by_text("Sei offline")).to_be_hidden()
    expect(inbox.message("Vi aspettiamo")).to_contain_text("Consegnato")
    for text in ["Siamo partiti", *WHILE_AWAY, "Vi aspettiamo"]:
        expect(inbox.message(text)).to_have_count(1)
    expect(inbox.box).to_have_value("")


def test_what_is_sent_without_a_server_leaves_once_and_in_order_though_page_and_server_begin_anew(
    inbox: Inbox, devices: Devices, tunnel: Site
) -> None:
    """From two tabs of the browser in which they were written, the page itself being gone."""
    phone = devices.phone()
    phone.write("A che ora è il check-in?")
    name = phone.name
    inbox.open(name)
    browser, address = inbox.page.context, inbox.page.url
    browser.set_offline(True)
    for text in ANSWERS:
        inbox.box.fill(text)
        inbox.box.press("Enter")
        expect(inbox.message(text)).to_have_count(1)
    expect(inbox.message(ANSWERS[0])).to_contain_text("appena torna la connessione")

    tunnel.restart()
    inbox.page.close()
    browser.set_offline(False)
    tabs = [Inbox(browser.new_page()) for _ in range(2)]
    for tab in tabs:
        tab.page.goto(address)
    for tab in tabs:
        tab.shows(name)
        for text in ANSWERS:
            expect(tab.message(text)).to_have_count(1)
            expect(tab.message(text)).to_contain_text("Consegnato")
        expect(tab.thread.locator("[data-pending]")).to_have_count(0)
    shown = tabs[0].thread.get_by_role("article").filter(has_text="risposta").all_inner_texts()
    assert [text in line for text, line in zip(ANSWERS, shown, strict=True)] == [True] * 3


def test_who_is_chosen_while_offline_is_not_shown_beside_the_reservation_of_another(
    inbox: Inbox, tunnel: Site
) -> None:
    inbox.open("Ada Bianchi")
    expect(inbox.reservation).to_contain_text("Villa Ginestra")
    inbox.page.context.set_offline(True)
    inbox.row("Marie Lefèvre").get_by_role("link").click()
    expect(inbox.reservation).not_to_contain_text("Villa Ginestra")
    expect(inbox.thread).to_contain_text("si apre appena torna la connessione")
    inbox.page.context.set_offline(False)
    inbox.shows("Marie Lefèvre")
    expect(inbox.reservation).to_contain_text("Casa Blu")


def test_a_tab_finds_everything_again_after_the_server_was_killed(
    inbox: Inbox, devices: Devices, tunnel: Site
) -> None:
    phone = devices.phone()
    phone.write("Possiamo portare il cane?")
    number, name = phone.number, phone.name
    inbox.open(name)
    inbox.answer("Certo!")
    expect(inbox.message("Certo!")).to_contain_text("Letto")
    inbox.box.fill("C'è anche un")
    expect(inbox.row(name)).to_contain_text("Bozza")

    tunnel.restart()
    tunnel.receive(number, "Grazie mille!")
    expect(inbox.message("Grazie mille!")).to_have_count(1)
    expect(inbox.message("Possiamo portare il cane?")).to_have_count(1)
    expect(inbox.message("Certo!")).to_have_count(1)
    expect(inbox.box).to_have_value("C'è anche un")
    inbox.box.press_sequentially(" giardino")
    inbox.box.press("Enter")
    expect(inbox.message("C'è anche un giardino")).to_contain_text("Consegnato")


def test_who_came_in_by_a_conversation_goes_back_to_the_list_in_a_tunnel(
    devices: Devices, tunnel: Site
) -> None:
    """On a phone, as from a notification: what a step needs is there before it is taken (M7)."""
    devices.forgive_lost_connections()
    known = devices.inbox()
    known.open("Ada Bianchi")
    address = known.page.url
    handheld = devices.inbox(path=address, screen=HANDHELD, at_once=False)
    handheld.shows("Ada Bianchi")
    handheld.page.wait_for_load_state("networkidle")
    handheld.page.context.set_offline(True)
    handheld.page.get_by_role("link", name="Torna alle conversazioni").click()
    expect(handheld.row("Marie Lefèvre")).to_be_visible()
    handheld.row("Ada Bianchi").get_by_role("link").click()
    handheld.shows("Ada Bianchi")


def test_who_is_chosen_first_in_a_tunnel_opens_when_it_ends(devices: Devices, tunnel: Site) -> None:
    devices.forgive_lost_connections()
    handheld = devices.inbox(screen=HANDHELD)
    handheld.page.wait_for_load_state("networkidle")
    handheld.page.context.set_offline(True)
    handheld.row("Ada Bianchi").get_by_role("link").click()
    expect(handheld.thread).to_contain_text("si apre appena torna la connessione")
    handheld.page.go_back()
    expect(handheld.row("Ada Bianchi")).to_be_visible()
    handheld.page.go_forward()
    handheld.page.context.set_offline(False)
    handheld.shows("Ada Bianchi")


def test_what_is_opened_for_the_first_time_in_a_tunnel_comes_when_it_ends(
    inbox: Inbox, devices: Devices, tunnel: Site
) -> None:
    """An error while it is fetched would take the page away."""
    phone = devices.phone()
    phone.write("Guardi qui")
    phone.send("Foto")
    inbox.open(phone.name)
    photo = inbox.log.get_by_role("button", name="Foto: apri in grande")
    expect(photo).to_be_visible()
    inbox.page.context.set_offline(True)
    inbox.box.press_sequentially("/")
    photo.click()
    expect(inbox.page.get_by_text("Sei offline")).to_be_visible()
    expect(inbox.box).to_have_value("/")

    inbox.page.context.set_offline(False)
    viewer = inbox.page.get_by_role("dialog")
    expect(viewer).to_contain_text("1 di 1")
    expect(viewer).to_have_css("background-color", BLACK)
    inbox.page.keyboard.press("Escape")
    expect(inbox.page.get_by_role("listbox", name="Modelli del sistema")).to_be_visible()
    inbox.box.fill("")
