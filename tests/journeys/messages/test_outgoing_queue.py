"""What waits to be sent leaves on whatever page of the application one is (M7)."""

from playwright.sync_api import FilePayload, expect

from tests.journeys.devices import Devices
from tests.support.samples import sample_files

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


def test_the_list_says_of_what_waits_to_leave_that_it_waits_and_calls_it_no_draft(
    devices: Devices,
) -> None:
    devices.forgive_lost_connections()
    phone = devices.phone()
    phone.write("A che ora?")
    inbox = devices.inbox()
    inbox.open(phone.name)
    row = inbox.row(phone.name)
    inbox.box.fill("Dalle cinque in poi")
    expect(row).to_contain_text("Bozza:Dalle cinque in poi")
    inbox.page.context.set_offline(True)
    inbox.box.press("Enter")
    expect(row).to_contain_text("Dalle cinque in poi")
    expect(row).to_contain_text("In coda")
    expect(row).not_to_contain_text("Bozza")
    photo = FilePayload(name="casa.png", mimeType="image/png", buffer=sample_files.photo("PNG"))
    inbox.thread.locator("input[data-files=all]").set_input_files(photo)
    inbox.send_button.click()
    expect(row).to_contain_text("casa.png")
    expect(row).to_contain_text("In coda")
    inbox.page.context.set_offline(False)
    expect(phone.message("Dalle cinque in poi")).to_have_count(1)
    expect(row).not_to_contain_text("In coda")
    expect(row).to_contain_text("casa.png")
