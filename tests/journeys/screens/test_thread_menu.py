"""⋮ of a conversation: in groups, those of every day first; on a phone a sheet (N3, X3)."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.devices import HANDHELD, Devices, Screen
from tests.journeys.inbox import Inbox

NARROWEST: Screen = {
    "viewport": {"width": 320, "height": 640},
    "is_mobile": True,
    "has_touch": True,
}
FINGER = 44


def opened(inbox: Inbox) -> Page:
    inbox.open("Ada Bianchi")
    inbox.thread.get_by_role("button", name="Altre azioni").click()
    expect(inbox.page.get_by_role("menu")).to_be_visible()
    return inbox.page


def test_it_goes_by_groups_with_what_is_done_all_day_first(inbox: Inbox) -> None:
    page = opened(inbox)
    groups = page.get_by_role("menu").get_by_role("group")
    names = groups.evaluate_all("all => all.filter(e => e.children.length).map(e => e.ariaLabel)")
    assert names == ["Conversazione", "Soggiorno e lavoro", "Cerca e copia", "Contatto", "Aiuto"]
    menu, screen = page.get_by_role("menu").bounding_box(), page.viewport_size
    assert menu
    assert screen
    assert menu["y"] + menu["height"] <= screen["height"]
    assert page.get_by_role("menu").evaluate("menu => menu.scrollHeight <= menu.clientHeight")


@pytest.mark.parametrize(("screen", "whole"), [(HANDHELD, True), (NARROWEST, False)])
def test_on_a_phone_it_is_a_sheet_from_edge_to_edge_that_back_closes(
    devices: Devices, screen: Screen, whole: bool
) -> None:
    page = opened(devices.inbox(screen=screen))
    menu, size = page.get_by_role("menu"), page.viewport_size
    box = menu.bounding_box()
    assert box
    assert size
    assert (box["x"], box["width"]) == (0, size["width"])
    assert box["y"] + box["height"] == pytest.approx(size["height"], abs=1)
    assert box["y"] >= 24
    assert not whole or menu.evaluate("menu => menu.scrollHeight <= menu.clientHeight")
    for item in menu.get_by_role("menuitem").all():
        assert item.evaluate("each => each.scrollWidth <= each.clientWidth")
        assert (item.bounding_box() or {"height": 0})["height"] >= FINGER
    menu.get_by_role("menuitem", name="Blocca").scroll_into_view_if_needed()
    expect(menu.get_by_role("menuitem", name="Blocca")).to_be_in_viewport(ratio=1)

    page.go_back()
    expect(menu).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Bianchi")


def test_a_tap_beside_the_sheet_closes_it_and_does_nothing_else(devices: Devices) -> None:
    page = opened(devices.inbox(screen=HANDHELD))
    page.touchscreen.tap(30, 30)  # where the way back to the list is
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(page.get_by_role("log")).to_be_visible()
