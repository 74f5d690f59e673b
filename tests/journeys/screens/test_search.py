"""From a few letters to the message that is meant (P5)."""

from playwright.sync_api import expect

from tests.journeys.devices import Devices
from tests.journeys.inbox import Inbox


def test_a_word_without_its_accent_leads_to_the_message_that_says_it(
    inbox: Inbox, devices: Devices
) -> None:
    phone = devices.phone()
    phone.write("Il codice è AX-4471, vero?")
    for _ in range(3):
        phone.write("Arrivederci a presto, saluti dalla Sicilia")
    expect(inbox.row(phone.name)).to_be_visible()
    search = inbox.conversations.get_by_role("searchbox")
    search.fill("ax4471")
    hits = inbox.conversations.get_by_role("list", name="Messaggi")
    expect(hits.get_by_role("listitem")).to_have_count(1)
    expect(hits.locator("mark")).to_have_text("AX-4471")
    search.press("Tab")
    hits.get_by_role("link").press("Enter")
    inbox.shows(phone.name)
    expect(inbox.message("Il codice è AX-4471, vero?")).to_be_in_viewport()
    expect(hits.get_by_role("link")).to_have_attribute("aria-current", "page")
    search.fill("ax4471 zanzibar")
    expect(inbox.conversations.get_by_text("Nessuna conversazione")).to_be_visible()
