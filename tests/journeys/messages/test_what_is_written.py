"""What people write reads as on their phones, and nothing that came is an empty bubble (M3, M9)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.inbox import Inbox
from tests.journeys.site import Site

ITEM = {
    "product_retailer_id": "colazione",
    "quantity": 2,
    "item_price": 12.5,
    "currency": "EUR",
}
ORDER = {"type": "order", "order": {"catalog_id": "1", "text": "", "product_items": [ITEM]}}
LOST = {
    "type": "video",
    "video": {"mime_type": "video/mp4"},
    "errors": [{"code": 131052, "title": "Media download error"}],
}
ENDLESS = 65_536
AT_MOST_SECONDS = 0.2
NUMBER, NAME = "+393401110091", "+39 340 111 0091"


def text(body: str) -> dict[str, object]:
    return {"type": "text", "text": {"body": body}}


def test_signs_are_what_they_stand_for_in_the_list_too(inbox: Inbox, site: Site) -> None:
    site.hear(NUMBER, text("\u200b\u2060"), ORDER, text("Grazie *Ada*, _a presto_"))
    expect(inbox.row(NAME)).to_contain_text("Grazie Ada, a presto")
    inbox.open(NAME)
    expect(inbox.message("Grazie").locator("strong")).to_have_text("Ada")
    expect(inbox.message("(messaggio vuoto)")).to_have_count(1)
    expect(inbox.message("colazione")).to_contain_text(re.compile(r"12,50\s€"))


def test_a_file_that_never_came_says_so_and_can_be_asked_for(inbox: Inbox, site: Site) -> None:
    number, name = "+393401110092", "+39 340 111 0092"
    site.hear(number, LOST)
    inbox.open(name)
    lost = inbox.log.get_by_role("article").filter(has_text="131052")
    lost.get_by_role("button", name="Chiedi di inviarlo di nuovo").click()
    expect(lost).to_contain_text("Hai chiesto di inviarlo di nuovo")


def test_a_very_long_text_is_read_on_by_a_button(inbox: Inbox, site: Site) -> None:
    number, name = "+393401110093", "+39 340 111 0093"
    site.receive(number, "Allora, le racconto. " * 400)
    inbox.open(name)
    article = inbox.message("Allora")
    short = article.bounding_box()
    article.get_by_role("button", name="Leggi tutto").click()
    whole = article.bounding_box()
    assert short is not None
    assert whole is not None
    assert whole["height"] > 2 * short["height"]
    article.get_by_role("button", name="Mostra meno").click()
    assert article.bounding_box() == short


@pytest.mark.parametrize(("letter", "end"), [("x", "4"), ("ب", "5")])
def test_a_word_without_an_end_keeps_nobody_waiting(
    inbox: Inbox, site: Site, letter: str, end: str
) -> None:
    """F8: not when the thread opens, not with each message that follows, not when all of it is
    read, in no alphabet. By the processor's clock, which other work on the machine does not
    move."""
    number, name = f"+39340111009{end}", f"+39 340 111 009{end}"
    site.receive(number, letter * ENDLESS)
    expect(inbox.row(name)).to_be_visible()
    work = Work(inbox.page)
    inbox.open(name)
    assert work.seconds() < AT_MOST_SECONDS
    site.receive(number, "Scusi, il gatto sulla tastiera")
    expect(inbox.message("Scusi, il gatto")).to_be_visible()
    assert work.seconds() < AT_MOST_SECONDS
    inbox.thread.get_by_role("button", name="Leggi tutto").click()
    expect(inbox.thread.get_by_role("button", name="Mostra meno")).to_be_visible()
    assert work.seconds() < AT_MOST_SECONDS


class Work:
    """What the page's own thread has spent on layout since it was last asked."""

    def __init__(self, page: Page) -> None:
        self._browser = page.context.new_cdp_session(page)
        self._browser.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._before = 0.0
        self.seconds()

    def seconds(self) -> float:
        metrics = self._browser.send("Performance.getMetrics")["metrics"]
        now = next(each["value"] for each in metrics if each["name"] == "LayoutDuration")
        since, self._before = now - self._before, now
        return since
