"""The network goes, the server goes; both come back, and nothing is missing or doubled."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.devices import Devices
from tests.journeys.inbox import Inbox
from tests.journeys.site import Site

WHILE_AWAY = ["Siamo in coda al casello", "Arriviamo verso le sette", "Forse le otto"]


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
    expect(inbox.box).to_have_value("Vi aspettiamo")

    tunnel.network.find()
    inbox.page.context.set_offline(False)
    expect(inbox.page.get_by_text("Sei offline")).to_be_hidden()
    for text in ["Siamo partiti", *WHILE_AWAY]:
        expect(inbox.message(text)).to_have_count(1)
    expect(inbox.box).to_have_value("Vi aspettiamo")
    inbox.box.press("Enter")
    expect(inbox.message("Vi aspettiamo")).to_contain_text("Consegnato")
    expect(inbox.message("Vi aspettiamo")).to_have_count(1)
    expect(inbox.box).to_have_value("")


def test_who_is_chosen_while_offline_is_not_shown_beside_the_reservation_of_another(
    inbox: Inbox, tunnel: Site
) -> None:
    inbox.open("Ada Bianchi")
    expect(inbox.reservation).to_contain_text("Villa Ginestra")
    inbox.page.context.set_offline(True)
    inbox.row("Marie Lefèvre").get_by_role("link").click()
    expect(inbox.reservation).not_to_contain_text("Villa Ginestra", timeout=500)
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
    expect(inbox.message("Grazie mille!")).to_have_count(1, timeout=15_000)
    expect(inbox.message("Possiamo portare il cane?")).to_have_count(1)
    expect(inbox.message("Certo!")).to_have_count(1)
    expect(inbox.box).to_have_value("C'è anche un")
    inbox.box.press_sequentially(" giardino")
    inbox.box.press("Enter")
    expect(inbox.message("C'è anche un giardino")).to_contain_text("Consegnato")
