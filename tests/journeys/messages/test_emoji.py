"""An emoji is found by its name, chosen by keyboard, and at hand the next time (M7)."""

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.devices import HANDHELD, Devices
from tests.journeys.inbox import Inbox


@pytest.fixture
def ada(inbox: Inbox) -> Inbox:
    inbox.open("Ada Bianchi")
    return inbox


def test_an_emoji_is_found_by_its_name_and_at_hand_the_next_time(ada: Inbox) -> None:
    keyboard = ada.page.keyboard
    picker = _opened(ada)
    expect(picker.get_by_role("searchbox")).to_be_focused()
    keyboard.type("caffe")
    expect(picker.get_by_role("gridcell", name="Bevanda calda")).to_be_visible()
    keyboard.press("ArrowDown")
    keyboard.press("Escape")
    expect(picker).to_have_count(0)
    expect(ada.box).to_be_focused()
    expect(ada.box).to_have_value("")

    _opened(ada)
    keyboard.type("arcobaleno")
    expect(picker.get_by_role("gridcell", name="Arcobaleno", exact=True)).to_be_visible()
    expect(picker.locator("[data-active]")).to_have_count(1)
    keyboard.press("Enter")
    expect(ada.box).to_have_value("🌈")
    keyboard.press("Escape")
    expect(ada.box).to_be_focused()

    recent = _opened(ada).get_by_role("group", name="Recenti")
    recent.get_by_role("button", name="🌈").click()
    expect(ada.box).to_have_value("🌈🌈")


def test_enter_in_a_search_that_finds_nothing_sends_nothing(ada: Inbox) -> None:
    ada.box.fill("Bozza")
    picker = _opened(ada)
    ada.page.keyboard.type("qqqq")
    expect(picker).to_contain_text("Nessuna emoji trovata")
    ada.page.keyboard.press("Enter")
    ada.page.keyboard.press("Escape")
    expect(ada.box).to_have_value("Bozza")
    ada.box.fill("")


def test_the_picker_fits_a_narrow_phone_and_leaves_its_keyboard_down(devices: Devices) -> None:
    narrow = HANDHELD | {"viewport": {"width": 320, "height": 640}}
    inbox = devices.inbox(screen=narrow)
    inbox.open("Ada Bianchi")
    picker = _opened(inbox)
    expect(picker.get_by_role("gridcell").first).to_be_in_viewport()
    expect(picker.get_by_role("searchbox")).not_to_be_focused()
    width = "() => [document.documentElement.scrollWidth, innerWidth]"
    scrolled, shown = inbox.page.evaluate(width)
    assert scrolled <= shown


def _opened(inbox: Inbox) -> Locator:
    inbox.thread.get_by_role("button", name="Emoji").click()
    picker = inbox.page.get_by_role("dialog", name="Emoji")
    expect(picker.get_by_role("gridcell").first).to_be_visible()
    return picker
