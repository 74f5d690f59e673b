"""Reading a thread: where it opens, what is new, what is old, and who is left in peace (P6)."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import Site


def lines(count: int) -> list[str]:
    return [f"riga numero {at:03}" for at in range(count)]


def test_a_thread_opens_at_the_first_unread_message(inbox: Inbox, site: Site) -> None:
    number, name = "+393401110001", "+39 340 111 0001"
    site.receive(number, "Buonasera")
    inbox.open(name)
    expect(inbox.row(name)).not_to_contain_text("non lett")
    inbox.open("Ada Bianchi")
    site.receive(number, *lines(30))
    expect(inbox.row(name)).to_contain_text("30 non letti")

    inbox.open(name)
    divider = inbox.log.get_by_role("separator").filter(has_text="Messaggi non letti")
    expect(divider).to_be_in_viewport()
    expect(inbox.message("riga numero 000")).to_be_in_viewport()
    expect(inbox.message("riga numero 029")).not_to_be_in_viewport()
    expect(inbox.row(name)).to_contain_text("30 non letti")
    inbox.go_to_the_latest()
    expect(inbox.message("riga numero 029")).to_be_in_viewport()
    expect(inbox.row(name)).not_to_contain_text("non lett")
    expect(divider).to_have_count(1)
    inbox.answer("Eccomi")
    expect(divider).to_have_count(0)


def test_new_messages_leave_a_reader_of_old_ones_in_peace(inbox: Inbox, site: Site) -> None:
    number, name = "+393401110002", "+39 340 111 0002"
    site.receive(number, *lines(40), ago=timedelta(minutes=1))
    inbox.open(name)
    inbox.go_to_the_latest()
    expect(inbox.message("riga numero 039")).to_be_in_viewport()
    expect(inbox.row(name)).not_to_contain_text("non lett")
    inbox.message("riga numero 010").scroll_into_view_if_needed()
    before = _top(inbox.message("riga numero 010"))

    site.receive(number, "sono arrivata", "e ho fame")
    new = inbox.thread.get_by_role("button", name="2 nuovi")
    expect(new).to_be_visible()
    assert _top(inbox.message("riga numero 010")) == before
    expect(inbox.row(name)).to_contain_text("2 non letti")
    new.click()
    expect(inbox.message("e ho fame")).to_be_in_viewport()
    expect(inbox.row(name)).not_to_contain_text("non lett")


def test_older_messages_load_above_without_a_jump(inbox: Inbox, site: Site) -> None:
    number, name = "+393401110003", "+39 340 111 0003"
    site.receive(number, *lines(180))
    inbox.open(name)
    inbox.go_to_the_latest()
    expect(inbox.row(name)).not_to_contain_text("non lett")
    again = Inbox(inbox.page.context.new_page())
    again.page.goto(inbox.page.url)
    inbox = again
    expect(inbox.message("riga numero 179")).to_be_in_viewport()

    oldest = inbox.thread.get_by_role("article").first
    words = oldest.locator(".message-text").inner_text()
    assert words != "riga numero 000"
    inbox.message(words).scroll_into_view_if_needed()
    before = _top(inbox.message(words))
    expect(oldest).not_to_contain_text(words)
    assert _top(inbox.message(words)) == pytest.approx(before, abs=2)


def test_a_message_below_is_followed_by_who_is_at_the_bottom(inbox: Inbox, phone: Phone) -> None:
    phone.write("Prima")
    inbox.open(phone.name)
    for at in range(12):
        phone.write(f"E poi {at}")
    expect(inbox.message("E poi 11")).to_be_in_viewport()


def test_who_only_hears_is_told_who_wrote_and_when_it_closes_once(inbox: Inbox) -> None:
    inbox.open("Ada Bianchi")
    heard = inbox.thread.aria_snapshot()
    assert heard.count("Si chiude") == 1
    articles = inbox.thread.get_by_role("article").all()
    spoken = [article.aria_snapshot() for article in articles]
    assert all(each.count("Ada Bianchi:") + each.count("Giulia Russo") == 1 for each in spoken)
    assert {"Ada Bianchi:" in each for each in spoken} == {True, False}


def _top(message: Locator) -> float:
    box = message.bounding_box()
    assert box is not None
    return box["y"]
