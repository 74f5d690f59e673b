"""What waits to be sent leaves on whatever page of the application one is (M7)."""

from playwright.sync_api import expect

from tests.journeys.devices import Devices

TAKEN_OVER = 20_000
"""Milliseconds: tabs look every eight seconds whether another has gone."""


def test_what_was_written_without_a_connection_leaves_from_another_page_once_its_own_is_gone(
    devices: Devices,
) -> None:
    devices.forgive_lost_connections()
    phone = devices.phone()
    phone.write("A che ora?")
    inbox = devices.inbox()
    inbox.open(phone.name)
    browser = inbox.page.context
    other = browser.new_page()
    other.goto("/settings")
    browser.set_offline(True)
    inbox.answer("Dalle quattro in poi")
    expect(inbox.message("Dalle quattro")).to_contain_text("appena torna la connessione")
    inbox.page.close()
    browser.set_offline(False)
    expect(phone.message("Dalle quattro in poi")).to_have_count(1, timeout=TAKEN_OVER)
