"""The ways between the screens: all of them beside the panels, on a phone the rest behind «Altro»
(N3, X3)."""

from playwright.sync_api import expect

from tests.journeys.devices import DESKTOP, Devices, Screen

NARROWEST: Screen = {
    "viewport": {"width": 320, "height": 640},
    "is_mobile": True,
    "has_touch": True,
}
FINGER = 44


def test_the_narrowest_phone_shows_the_daily_ways_whole_and_the_rest_behind_more(
    devices: Devices,
) -> None:
    page = devices.signed_in("demo@example.com", "/settings", NARROWEST)
    ways = page.get_by_role("navigation", name="Sezioni")
    more = ways.get_by_role("button", name="Altro")
    expect(more).to_be_visible()
    for way in (*ways.get_by_role("link").all(), *ways.get_by_role("button").all()):
        box = way.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= FINGER
    for label in ways.locator(".nav-label:visible").all():
        assert label.evaluate("each => each.scrollWidth <= each.clientWidth")
    more.tap()
    expect(page.get_by_role("menuitem", name="Impostazioni")).to_have_attribute(
        "aria-current", "page"
    )
    page.get_by_role("menuitem", name="Alloggi").tap()
    expect(page.get_by_role("heading", name="Alloggi", level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Impostazioni", level=1)).to_be_visible()


def test_more_is_worked_by_the_keyboard_alone(devices: Devices) -> None:
    """X3"""
    page = devices.signed_in("demo@example.com", "/settings", NARROWEST)
    more = page.get_by_role("navigation", name="Sezioni").get_by_role("button", name="Altro")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Modelli del sistema", level=1)).to_be_visible()


def test_beside_the_panels_there_is_room_for_all(devices: Devices) -> None:
    page = devices.signed_in("demo@example.com", "/settings", DESKTOP)
    ways = page.get_by_role("navigation", name="Sezioni")
    expect(ways.get_by_role("link", name="Alloggi")).to_be_visible()
    expect(ways.get_by_role("button", name="Altro")).to_be_hidden()
