"""Rows of the list under a finger: a long press chooses, a swipe sees to one, one that scrolls does
neither (P8, P9)."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import CDPSession, Locator, expect

from tests.journeys.devices import HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone


@dataclass
class Finger:
    """One finger on the screen."""

    _browser: CDPSession
    _at: tuple[float, float] = (0, 0)

    def press(self, row: Locator) -> None:
        """Put it on the middle of a row."""
        row.scroll_into_view_if_needed()
        box = row.bounding_box()
        assert box is not None
        self._at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self._touch("touchStart", self._at)

    def move(self, across: int, down: int = 0) -> None:
        """Little by little, as fingers do."""
        x, y = self._at
        for step in range(1, 9):
            self._touch("touchMove", (x + across * step / 8, y + down * step / 8))

    def lift(self) -> None:
        self._touch("touchEnd")

    def _touch(self, kind: str, *points: tuple[float, float]) -> None:
        told = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        self._browser.send("Input.dispatchTouchEvent", told)


@pytest.fixture
def handheld(devices: Devices) -> Inbox:
    return devices.inbox(screen=HANDHELD)


@pytest.fixture
def finger(handheld: Inbox) -> Finger:
    return Finger(handheld.page.context.new_cdp_session(handheld.page))


def test_a_long_press_chooses_and_taps_choose_more(handheld: Inbox, finger: Finger) -> None:
    page, rows = handheld.page, handheld.conversations.get_by_role("listitem")
    bar = page.get_by_role("toolbar", name="Conversazioni selezionate")
    finger.press(rows.nth(0))
    expect(bar).to_contain_text("1 selezionata")
    finger.lift()
    rows.nth(2).get_by_role("link").tap()
    expect(bar).to_contain_text("2 selezionate")
    expect(handheld.thread).to_be_hidden()
    rows.nth(0).get_by_role("link").tap()
    expect(bar).to_contain_text("1 selezionata")
    bar.get_by_role("button", name="Annulla la selezione").tap()
    expect(bar).to_have_count(0)


def test_a_swipe_sees_to_a_conversation_and_a_short_one_does_nothing(
    handheld: Inbox, finger: Finger, phone: Phone
) -> None:
    page, row = handheld.page, handheld.row(phone.name)
    phone.write("Grazie di tutto!")
    expect(row).to_contain_text("In attesa di risposta")
    finger.press(row)
    finger.move(60)
    expect(row).to_have_attribute("data-swipe", "done")
    finger.lift()
    expect(row).not_to_have_attribute("data-swipe", "done")
    expect(handheld.thread).to_be_hidden()
    expect(row).to_contain_text("In attesa di risposta")

    finger.press(row)
    finger.move(200)
    finger.lift()
    expect(row).not_to_contain_text("In attesa di risposta")
    page.get_by_role("button", name="Annulla", exact=True).tap()
    expect(row).to_contain_text("In attesa di risposta")

    finger.press(row)
    finger.move(-200)
    finger.lift()
    page.get_by_role("menuitem", name="Fino alla risposta").tap()
    expect(row).to_contain_text("Fino alla risposta")


def test_a_finger_that_scrolls_chooses_nothing(handheld: Inbox, finger: Finger) -> None:
    rows = handheld.conversations.get_by_role("listitem")
    finger.press(rows.nth(3))
    finger.move(0, -200)
    finger.lift()
    expect(rows.nth(0)).not_to_be_in_viewport(ratio=1)
    expect(handheld.page.get_by_role("toolbar", name="Conversazioni selezionate")).to_have_count(0)
    expect(handheld.thread).to_be_hidden()
