"""Threads too long for a page: any place is reached, and none jumps under the reader (P6)."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.devices import DESKTOP, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.site import Site

AT_MOST = 100
"""Messages in the page."""
_CLIMB = 500
BLINK_MS = 200
_SCROLL_UP = """(log, by) => {
  const was = log.scrollTop;
  log.scrollTop -= by;
  return was - log.scrollTop;
}"""


def lines(count: int, what: str = "riga") -> list[str]:
    return [f"{what} numero {at:03}" for at in range(count)]


def test_it_opens_at_the_first_of_300_unread_messages(inbox: Inbox, site: Site) -> None:
    number, name = "+393401120001", "+39 340 112 0001"
    site.receive(number, "Buonasera", ago=timedelta(minutes=9))
    inbox.open(name)
    expect(inbox.row(name)).not_to_contain_text("non lett")
    inbox.open("Ada Bianchi")
    site.receive(number, *lines(300))
    expect(inbox.row(name)).to_contain_text("300 non letti")

    inbox.open(name)
    divider = inbox.log.get_by_role("separator").filter(has_text="Messaggi non letti")
    expect(divider).to_be_in_viewport()
    expect(inbox.message("riga numero 000")).to_be_in_viewport()
    assert inbox.thread.get_by_role("article").count() < AT_MOST
    expect(inbox.row(name)).to_contain_text("300 non letti")

    site.receive(number, "e poi", "ancora")
    new = inbox.thread.get_by_role("button", name="2 nuovi")
    expect(new).to_be_visible()
    expect(inbox.message("riga numero 000")).to_be_in_viewport()
    new.click()
    expect(inbox.message("ancora")).to_be_in_viewport()
    expect(inbox.row(name)).not_to_contain_text("non lett")
    assert inbox.thread.get_by_role("article").count() < AT_MOST


def test_who_climbs_to_its_beginning_keeps_the_place_all_the_way(
    inbox: Inbox, site: Site, devices: Devices
) -> None:
    number, name = "+393401120002", "+39 340 112 0002"
    site.receive(number, *lines(250))
    inbox.open(name)
    inbox.go_to_the_latest()
    expect(inbox.row(name)).not_to_contain_text("non lett")
    again = devices.inbox(path=inbox.page.url.removeprefix(site.url))
    expect(again.message("riga numero 249")).to_be_in_viewport()

    beginning = again.message("riga numero 000")
    while not beginning.is_visible():
        _climb(again)
        assert again.thread.get_by_role("article").count() < AT_MOST
    beginning.scroll_into_view_if_needed()
    expect(again.thread.get_by_role("article").first).to_contain_text("riga numero 000")
    again.go_to_the_latest()
    expect(again.message("riga numero 249")).to_be_in_viewport()


def test_a_message_has_an_address_that_leads_to_it(
    inbox: Inbox, site: Site, devices: Devices
) -> None:
    number, name = "+393401120003", "+39 340 112 0003"
    site.receive(number, *lines(200))
    inbox.open(name)
    address = inbox.message("riga numero 003").get_by_role("link").get_attribute("href")
    assert address is not None
    inbox.go_to_the_latest()
    expect(inbox.row(name)).not_to_contain_text("non lett")

    shared = devices.inbox(path=address)
    expect(shared.message("riga numero 003")).to_be_in_viewport()
    expect(shared.message("riga numero 003")).to_have_attribute("aria-current", "true")
    assert shared.thread.get_by_role("article").count() < AT_MOST
    shared.go_to_the_latest()
    expect(shared.message("riga numero 199")).to_be_in_viewport()


def test_a_quote_leads_to_its_message_and_back(inbox: Inbox, site: Site) -> None:
    number, name = "+393401120108", "+39 340 112 0108"
    asked = {"type": "text", "id": "wamid.quoted8", "text": {"body": "Posso portare il cane?"}}
    site.hear(number, asked, ago=timedelta(minutes=9))
    site.receive(number, *lines(150), ago=timedelta(minutes=2))
    context = {"context": {"from": "", "id": "wamid.quoted8"}}
    site.hear(number, {"type": "text", "text": {"body": "Allora?"}, **context})
    inbox.open(name)
    inbox.go_to_the_latest()
    reply = inbox.message("Allora?")
    question = inbox.message("Posso portare il cane?").filter(has_not_text="Allora?")
    for _ in range(2):
        reply.get_by_role("button", name="Posso portare il cane?").click()
        expect(question).to_be_in_viewport()
        expect(question).to_have_attribute("aria-current", "true")
        inbox.thread.get_by_role("button", name="Torna alla risposta").click()
        expect(reply).to_be_in_viewport()
        expect(reply).to_have_attribute("aria-current", "true")
        expect(inbox.thread.get_by_role("button", name="Torna alla risposta")).to_have_count(0)
    reply.get_by_role("button", name="Posso portare il cane?").press("Enter")
    expect(question).to_be_in_viewport()
    inbox.page.go_back()
    expect(reply).to_be_in_viewport()


def test_the_way_to_the_new_ones_takes_no_longer_than_a_blink(site: Site, devices: Devices) -> None:
    """U22: also where motion is not reduced."""
    number, name = "+393401120006", "+39 340 112 0006"
    site.receive(number, *lines(60), ago=timedelta(minutes=9))
    inbox = devices.inbox(screen={**DESKTOP, "reduced_motion": "no-preference"})
    inbox.open(name)
    inbox.log.evaluate("log => (log.scrollTop = 0)")
    site.receive(number, "e poi")
    expect(inbox.thread.get_by_role("button", name="1 nuovo")).to_be_visible()
    inbox.page.clock.install()
    inbox.thread.get_by_role("button", name="1 nuovo").dispatch_event("click")
    inbox.page.clock.run_for(BLINK_MS)
    assert inbox.log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 1


def test_one_goes_to_a_date(inbox: Inbox, site: Site) -> None:
    number, name = "+393401120004", "+39 340 112 0004"
    for days in (9, 5, 0):
        site.receive(number, *lines(80, f"giorno {days}"), ago=timedelta(days=days))
    inbox.open(name)
    inbox.thread.get_by_role("button", name="Altre azioni").click()
    inbox.page.get_by_role("menuitem", name="Vai a una data").click()
    dialog = inbox.page.get_by_role("dialog", name="Vai a una data")
    day = date.today() - timedelta(days=7)  # noqa: DTZ011 - any day of silence will do
    dialog.get_by_label("Data").fill(day.isoformat())
    dialog.get_by_role("button", name="Vai", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(inbox.message("giorno 5 numero 000")).to_be_in_viewport()
    expect(inbox.message("giorno 9 numero 000")).not_to_be_in_viewport()
    inbox.go_to_the_latest()
    expect(inbox.message("giorno 0 numero 079")).to_be_in_viewport()


def test_who_answers_from_further_up_is_taken_to_the_end(inbox: Inbox, site: Site) -> None:
    number, name = "+393401120005", "+39 340 112 0005"
    site.receive(number, *lines(200))
    inbox.open(name)
    expect(inbox.message("riga numero 000")).to_be_in_viewport()
    inbox.answer("Eccoci")
    expect(inbox.message("Eccoci")).to_be_in_viewport()
    expect(inbox.message("riga numero 199")).to_be_in_viewport()
    expect(inbox.row(name)).not_to_contain_text("non lett")
    expect(inbox.message("Eccoci")).to_have_count(1)
    assert inbox.thread.get_by_role("article").count() < AT_MOST


def _climb(inbox: Inbox) -> None:
    """Scroll up a little: the line that was first on the screen is as much further down."""
    line = _first_on_screen(inbox)
    before = _top(line)
    moved = inbox.log.evaluate(_SCROLL_UP, _CLIMB)
    assert _top(line) == pytest.approx(before + moved, abs=2)


def _first_on_screen(inbox: Inbox) -> Locator:
    words = inbox.log.evaluate(
        """log => [...log.querySelectorAll("article")].find(
             (each) => each.getBoundingClientRect().top >= log.getBoundingClientRect().top
           ).innerText.match(/riga numero \\d+/)[0]"""
    )
    return inbox.message(words)


def _top(message: Locator) -> float:
    box = message.bounding_box()
    assert box is not None
    return box["y"]
