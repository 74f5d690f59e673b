"""What axe-core finds on every screen and in what lies over it: nothing, on a desk and on a phone,
light and dark (X3)."""

from collections.abc import Callable
from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.devices import ADMIN, DESKTOP, HANDHELD, Devices, Screen
from tests.journeys.sharing import is_taken_care_of, share
from tests.journeys.site import PASSWORD

PAGES = (
    *("/", "/actors", "/templates", "/templates/new", "/replies", "/accommodations"),
    *("/settings", "/people", "/settings/audit", "/settings/notifications", "/settings/webhooks"),
    *("/figures", "/imports", "/connect", "/offline", "/sandbox/phone"),
)
BY_THEMSELVES = {"/connect", "/offline", "/sandbox/phone"}
"""Pages with nothing to go past."""
OVER = "dialog[open], [role=menu]"


@pytest.mark.parametrize(
    ("screen", "pages"),
    [(DESKTOP, PAGES), (HANDHELD, ("/", "/sandbox/phone"))],
    ids=["desktop", "handheld"],
)
def test_axe_finds_nothing_on_any_screen(
    devices: Devices, screen: Screen, pages: tuple[str, ...]
) -> None:
    inbox = devices.inbox(screen=screen)
    page = inbox.page
    titles = set[str]()
    for path in pages:
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_attached()
        expect(page.locator(".skeleton")).to_have_count(0)
        _is_sound(page, path)
        titles.add(page.title())
        if path not in BY_THEMSELVES:
            _leads_past_the_navigation(page)
    assert len(titles) >= len(pages) - 1  # without a network one reads the inbox
    assert [title for title in titles if not title.endswith("Posta")] == []
    page.goto("/")
    page.get_by_role("button", name="Profilo").click()
    _is_sound(page, "the profile's menu", OVER)
    page.keyboard.press("Escape")
    inbox.open("Ada Bianchi")
    _is_sound(page, "an open conversation")
    page.get_by_role("button", name="Emoji").click()
    expect(page.get_by_role("gridcell").first).to_be_visible()
    _is_sound(page, "the emoji", "[role=dialog]:has([role=gridcell])")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ada Bianchi").click()
    _is_sound(page, "the reservation")
    page.keyboard.press("Escape")
    page.goto("/")
    inbox.open("Giuseppe Ferrari")
    inbox.template_button.click()
    expect(inbox.menu.get_by_role("radio").first).to_be_attached()
    _is_sound(page, "the templates to send", OVER)


def _leads_past_the_navigation(page: Page) -> None:
    """The first thing that Tab comes to skips to what the page is about."""
    skip = page.get_by_role("navigation", name="Vai subito a").get_by_role("link").first
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main").locator(":focus")).to_have_count(1)


@pytest.mark.parametrize("screen", [DESKTOP, HANDHELD], ids=["desktop", "handheld"])
def test_axe_finds_nothing_in_what_was_shared(devices: Devices, screen: Screen) -> None:
    page = devices.inbox(screen=screen).page
    is_taken_care_of(page)
    share(page, "Il nuovo regolamento", "ingresso.jpg")
    bar = page.get_by_role("status").filter(has_text="Il nuovo regolamento")
    expect(bar).to_be_visible()
    _is_sound(page, "what was shared")
    bar.get_by_role("button", name="Scarta").click()
    expect(bar).to_have_count(0)


def test_axe_finds_nothing_where_there_is_nothing_to_see(devices: Devices) -> None:
    page = devices.new(DESKTOP)
    page.goto("/login")
    expect(page.get_by_role("button", name="Accedi")).to_be_visible()
    _is_sound(page, "signing in")
    page = devices.inbox(screen=DESKTOP).page
    page.goto("/inbox/999999")
    expect(page.get_by_text("Questa conversazione non esiste")).to_be_visible()
    _is_sound(page, "no such conversation")


def test_axe_finds_nothing_in_what_lies_over_the_inbox(devices: Devices) -> None:
    inbox = devices.inbox()
    page = inbox.page
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Cerca ovunque").fill("ada")
    expect(page.get_by_role("option").first).to_be_visible()
    _is_sound(page, "the palette", OVER)
    page.keyboard.press("Escape")
    for key, item, what in (("h", "Fino alla risposta", "snoozing"), ("l", "Nuova", "labels")):
        inbox.row("Emma Taylor").get_by_role("link").focus()
        page.keyboard.press(key)
        expect(page.get_by_role("menuitem", name=item)).to_be_visible()
        _is_sound(page, what, OVER)
        if key == "h":
            page.keyboard.press("Escape")
    page.get_by_role("menuitem", name="Nuova").click()
    expect(page.get_by_role("dialog").get_by_label("Nome")).to_be_focused()
    _is_sound(page, "a new label", OVER)
    page.keyboard.press("Escape")
    page.get_by_role("searchbox").fill("cancello")
    expect(page.get_by_role("heading", name="Messaggi")).to_be_visible()
    _is_sound(page, "what was searched for")
    page.get_by_role("searchbox").fill("")
    inbox.open("Pulizie Rossi")
    page.get_by_role("button", name="Operazioni").click()
    page.get_by_role("button", name="Nuova operazione").click()
    _is_sound(page, "a new task", OVER)
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+p")
    page.keyboard.type("Chi passa? @")
    expect(page.get_by_role("option", name="Anna Riva")).to_be_visible()
    _is_sound(page, "a note beside the tasks")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def _erasing(page: Page) -> None:
    page.get_by_role("link", name="Ada Bianchi").click()
    page.get_by_role("button", name="Altre azioni").click()
    page.get_by_role("menuitem", name="Cancella i suoi dati").click()


def _merging(page: Page) -> None:
    page.get_by_role("link", name="Ada Bianchi").click()
    page.get_by_role("button", name="Altre azioni").click()
    page.get_by_role("menuitem", name="Unisci").click()
    page.get_by_role("dialog").get_by_role("searchbox").fill("marie")
    page.get_by_role("dialog").get_by_role("button", name="Marie").click()
    expect(page.get_by_role("dialog")).to_contain_text("Chi resta")


def _labelling(page: Page) -> None:
    page.get_by_role("link", name="Ada Bianchi").click()
    page.get_by_role("button", name="Scegli etichette…").click()


def _help(page: Page) -> None:
    expect(page.get_by_role("button", name="Attiva la verifica…")).to_be_visible()
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Aiuto").locator("summary").first.click()


def _second_step(page: Page) -> None:
    page.get_by_role("button", name="Attiva la verifica…").click()
    page.get_by_label("La tua password").fill(PASSWORD)
    page.get_by_role("button", name="Continua").click()
    expect(page.get_by_label("Le sei cifre")).to_be_visible()


def _click(*names: str) -> Callable[[Page], None]:
    def click(page: Page) -> None:
        for name in names:
            page.get_by_role("button", name=name).first.click()

    return click


def test_axe_finds_nothing_in_what_lies_over_the_other_screens(devices: Devices) -> None:
    page = devices.signed_in(ADMIN, "/settings")
    for path, way, part in (
        ("/settings", _help, OVER),
        ("/settings", _second_step, ".settings"),
        ("/actors", _erasing, OVER),
        ("/actors", _merging, OVER),
        ("/actors", _labelling, OVER),
        ("/actors", _click("Nuovo attore"), OVER),
        ("/accommodations", _click("Casa Blu"), OVER),
        ("/people", _click("Disattiva…"), OVER),
        ("/settings/webhooks", _click("Nuovo endpoint"), OVER),
    ):
        page.goto(path)
        expect(
            page.get_by_role("heading", level=1).or_(page.get_by_role("list"))
        ).not_to_have_count(0)
        expect(page.locator(".skeleton")).to_have_count(0)
        way(page)
        _is_sound(page, f"{path} {way.__name__}", part)
        page.keyboard.press("Escape")


def _is_sound(page: Page, where: str, part: str = "") -> None:
    """All rules in the light; in the dark those that colours decide. What is told apart by `part`
    alone has its surroundings seen to elsewhere."""
    if part:
        expect(page.locator(part).first).to_be_visible()
    page.emulate_media(color_scheme="light")
    assert _violations(page, part, {}) == [], where
    page.emulate_media(color_scheme="dark")
    assert _violations(page, part, {"runOnly": ["color-contrast"]}) == [], where


def _violations(page: Page, part: str, options: dict[str, object]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        axe = files("axe_playwright_python") / "axe.min.js"
        page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate(
        "([part, options]) => axe.run(part || document, options)",
        [part, {"resultTypes": ["violations"], "preload": False, **options}],
    )["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found]
