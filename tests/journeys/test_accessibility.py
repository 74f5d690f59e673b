"""What axe-core finds on every screen: nothing, on a desk and on a phone, light and dark (X3)."""

from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.devices import DESKTOP, HANDHELD, Devices, Screen

PAGES = (
    *("/", "/templates", "/templates/new", "/replies", "/accommodations"),
    *("/settings", "/connect", "/sandbox/phone"),
)
STILL: Screen = {"reduced_motion": "reduce"}
"""Colours change at once."""


@pytest.mark.parametrize(
    ("screen", "pages"),
    [(DESKTOP, PAGES), (HANDHELD, ("/", "/sandbox/phone"))],
    ids=["desktop", "handheld"],
)
def test_axe_finds_nothing_on_any_screen(
    devices: Devices, screen: Screen, pages: tuple[str, ...]
) -> None:
    inbox = devices.inbox(screen=screen | STILL)
    page = inbox.page
    for path in pages:
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_attached()
        expect(page.locator(".skeleton")).to_have_count(0)
        _is_sound(page, path)
    page.goto("/")
    page.get_by_role("button", name="Profilo").click()
    _is_sound(page, "the profile's menu")
    page.keyboard.press("Escape")
    inbox.open("Ada Bianchi")
    _is_sound(page, "an open conversation")
    page.get_by_role("button", name="Emoji").click()
    expect(page.get_by_role("gridcell").first).to_be_visible()
    _is_sound(page, "the emoji")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ada Bianchi").click()
    _is_sound(page, "the reservation")
    page.keyboard.press("Escape")
    page.goto("/")
    inbox.open("Giuseppe Ferrari")
    inbox.template_button.click()
    expect(inbox.menu.get_by_role("radio").first).to_be_attached()
    _is_sound(page, "the templates to send")


def test_axe_finds_nothing_where_there_is_nothing_to_see(devices: Devices) -> None:
    page = devices.new(DESKTOP | STILL)
    page.goto("/login")
    expect(page.get_by_role("button", name="Accedi")).to_be_visible()
    _is_sound(page, "signing in")
    page = devices.inbox(screen=DESKTOP | STILL).page
    page.goto("/inbox/999999")
    expect(page.get_by_text("Questa conversazione non esiste")).to_be_visible()
    _is_sound(page, "no such conversation")


def _is_sound(page: Page, where: str) -> None:
    """All rules in the light; in the dark those that colours decide."""
    page.emulate_media(color_scheme="light")
    assert _violations(page, {}) == [], where
    page.emulate_media(color_scheme="dark")
    assert _violations(page, {"runOnly": ["color-contrast"]}) == [], where


def _violations(page: Page, options: dict[str, object]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        axe = files("axe_playwright_python") / "axe.min.js"
        page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate(
        "options => axe.run(options)", {"resultTypes": ["violations"], **options}
    )["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found]
