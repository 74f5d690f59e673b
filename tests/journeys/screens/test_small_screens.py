"""A phone in the property manager's hand, and texts that would like to break its screen (N3)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.devices import DESKTOP, HANDHELD, Devices, Screen
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import Site

FINGER = 44
LONG = ("Gentile ospite, grazie di averci scritto. " * 100)[:4096].strip()
NOTHING_TO_BREAK = "a" * 900
MALICE = "\u202e<script>document.title='rotto'</script>\u202e <img src=x onerror=alert(1)>"


@pytest.fixture
def handheld(devices: Devices) -> Inbox:
    return devices.inbox(screen=HANDHELD)


def test_list_thread_and_back(handheld: Inbox) -> None:
    expect(handheld.thread).to_be_hidden()
    handheld.open("Ada Bianchi")
    expect(handheld.conversations).to_be_hidden()
    handheld.page.get_by_role("link", name="Torna alle conversazioni").click()
    expect(handheld.row("Ada Bianchi")).to_be_visible()
    expect(handheld.thread).to_be_hidden()

    handheld.open("Ada Bianchi")
    handheld.page.go_back()
    expect(handheld.row("Ada Bianchi")).to_be_visible()


@pytest.mark.parametrize("screen", [DESKTOP, HANDHELD], ids=["desk", "phone"])
def test_who_wrote_and_of_which_home_has_room_beside_the_channel(
    devices: Devices, phone: Phone, screen: Screen
) -> None:
    phone.write("Buongiorno")
    inbox = devices.inbox(screen=screen)
    row = inbox.row(phone.name)
    expect(row.locator(".channel > .icon")).to_be_visible()
    expect(row.locator(".channel")).to_have_text("WhatsApp")
    inbox.open(phone.name)
    assert _is_whole(inbox.thread.get_by_role("heading", level=1).locator(".truncate"))


def _is_whole(text: Locator) -> bool:
    return text.evaluate("text => text.scrollWidth <= text.clientWidth")


def test_the_box_stands_above_the_keyboard(handheld: Inbox) -> None:
    handheld.open("Marie Lefèvre")
    handheld.box.tap()
    handheld.page.set_viewport_size({"width": 390, "height": 420})  # a keyboard is open
    expect(handheld.box).to_be_in_viewport(ratio=1)
    expect(handheld.send_button).to_be_in_viewport(ratio=1)
    expect(handheld.message("Però il codice del cancello")).to_be_in_viewport(ratio=1)


def test_on_a_phone_enter_breaks_the_line(handheld: Inbox) -> None:
    handheld.open("Bartholomew")
    handheld.box.fill("Caro Bartholomew,")
    handheld.box.press("Enter")
    handheld.box.press_sequentially("grazie")
    expect(handheld.box).to_have_value("Caro Bartholomew,\ngrazie")
    handheld.box.fill("")


def test_the_reservation_is_a_sheet_that_comes_and_goes(handheld: Inbox) -> None:
    handheld.open("Marie Lefèvre")
    expect(handheld.sheet).to_be_hidden()
    handheld.thread.get_by_role("button", name="Marie Lefèvre").tap()
    expect(handheld.sheet).to_be_in_viewport()
    expect(handheld.sheet).to_contain_text("CB-3107")
    handheld.sheet.get_by_role("button", name="Chiudi").tap()
    expect(handheld.sheet).to_be_hidden()


def test_the_line_under_the_header_says_which_stay_and_opens_it(handheld: Inbox) -> None:
    """P3"""
    handheld.open("Marie Lefèvre")
    line = handheld.thread.get_by_role("button", name="Arrivo oggi Casa Blu")
    line.click()
    expect(handheld.sheet).to_contain_text("CB-3107")
    handheld.page.go_back()
    expect(handheld.sheet).to_be_hidden()
    expect(line).to_be_visible()


def test_back_closes_what_lies_over_the_conversation_and_only_that(handheld: Inbox) -> None:
    handheld.open("Giuseppe Ferrari")
    conversation = handheld.page.url
    handheld.template_button.tap()
    expect(handheld.menu).to_be_visible()
    handheld.page.go_back()
    expect(handheld.menu).to_be_hidden()
    handheld.page.go_forward()
    handheld.shows("Giuseppe Ferrari")
    assert handheld.page.url == conversation
    handheld.page.go_back()
    expect(handheld.row("Giuseppe Ferrari")).to_be_visible()


def test_what_was_put_away_takes_no_step_back(handheld: Inbox) -> None:
    ways: list[Callable[[], object]] = [
        lambda: handheld.page.keyboard.press("Escape"),
        lambda: handheld.sheet.get_by_role("button", name="Chiudi").tap(),
        lambda: handheld.page.touchscreen.tap(200, 20),
        handheld.page.reload,
    ]
    for put_away in ways:
        handheld.open("Marie Lefèvre")
        handheld.thread.get_by_role("button", name="Marie Lefèvre").tap()
        expect(handheld.sheet).to_be_visible()
        put_away()
        handheld.shows("Marie Lefèvre")
        expect(handheld.sheet).to_be_hidden()
        handheld.page.go_back()
        expect(handheld.row("Marie Lefèvre")).to_be_visible()


def test_who_goes_on_from_a_sheet_comes_back_to_what_it_lay_over(handheld: Inbox) -> None:
    handheld.open("Giuseppe Ferrari")
    conversation = handheld.page.url
    handheld.template_button.tap()
    handheld.menu.get_by_role("button", name="Crea modello").tap()
    handheld.page.wait_for_url("**/templates/new?**")
    handheld.page.go_back()
    handheld.shows("Giuseppe Ferrari")
    assert handheld.page.url == conversation
    expect(handheld.menu).to_be_hidden()
    handheld.page.go_forward()
    handheld.page.wait_for_url("**/templates/new?**")


def test_the_reservation_beside_a_narrow_thread_is_a_dialog(devices: Devices) -> None:
    inbox = devices.inbox(screen={"viewport": {"width": 1024, "height": 768}})
    inbox.open("Ada Bianchi")
    button = inbox.thread.get_by_role("button", name="Mostra la prenotazione")
    button.click()
    expect(inbox.sheet).to_be_visible()
    for _ in range(8):
        inbox.page.keyboard.press("Tab")
        assert inbox.page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    inbox.page.keyboard.press("Escape")
    expect(inbox.sheet).to_be_hidden()
    expect(button).to_be_focused()


def test_a_supplier_has_no_reservation_panel(inbox: Inbox) -> None:
    inbox.open("Pulizie Rossi")
    expect(inbox.reservation).to_have_count(0)
    inbox.open("Ada Bianchi")
    expect(inbox.reservation).to_contain_text("VG-2214")


@pytest.mark.parametrize("screen", [DESKTOP, HANDHELD], ids=["desktop", "handheld"])
def test_no_text_breaks_the_page(devices: Devices, site: Site, screen: Screen) -> None:
    site.receive("+393401112222", LONG, NOTHING_TO_BREAK, MALICE, name=f"{MALICE} {'w' * 300}")
    inbox = devices.inbox(screen=screen)
    expect(inbox.row("+39 340 111 2222")).to_contain_text("<script>")
    assert _is_as_wide_as_its_screen(inbox.page)
    inbox.open("+39 340 111 2222")
    expect(inbox.message(LONG).last).to_be_visible()
    expect(inbox.message(NOTHING_TO_BREAK).last).to_be_visible()
    expect(inbox.message("<img src=x").last).to_be_visible()
    assert _is_as_wide_as_its_screen(inbox.page)
    assert inbox.page.title() != "rotto"
    inbox.box.fill(NOTHING_TO_BREAK)
    assert _is_as_wide_as_its_screen(inbox.page)
    expect(inbox.send_button).to_be_in_viewport(ratio=1)


def test_every_screen_fits_the_narrowest_phone(devices: Devices) -> None:
    inbox = devices.inbox(screen=HANDHELD | {"viewport": {"width": 320, "height": 568}})
    page = inbox.page
    for name in ("Giuseppe Ferrari", "Ada Bianchi"):
        inbox.open(name)
        assert _is_as_wide_as_its_screen(page)
        page.go_back()
    for path in (
        *("/actors", "/templates", "/templates/new", "/replies", "/accommodations", "/figures"),
        *("/settings", "/settings/audit", "/settings/notifications", "/settings/webhooks"),
        *("/people", "/imports", "/connect", "/sandbox/phone"),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert _is_as_wide_as_its_screen(page), path
    page.goto("/")
    inbox.is_there()
    devices.forgive_lost_connections()
    page.context.set_offline(True)
    expect(page.get_by_text("Sei offline.")).to_be_visible()
    assert _is_as_wide_as_its_screen(page)


def test_a_wide_screen_at_400_percent_reaches_messages_and_what_answers_them(
    devices: Devices,
) -> None:
    zoomed = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
    inbox = devices.inbox(screen=zoomed)
    inbox.conversations.get_by_role("listitem").last.scroll_into_view_if_needed()
    inbox.open("Giuseppe Ferrari")
    assert _height(inbox.log) > 100
    inbox.template_button.scroll_into_view_if_needed()
    expect(inbox.template_button).to_be_in_viewport(ratio=1)
    inbox.page.go_back()
    inbox.open("Ada Bianchi")
    expect(inbox.send_button).to_be_in_viewport(ratio=1)
    expect(inbox.thread.get_by_role("article").last).to_be_in_viewport()


def test_what_is_pressed_is_as_big_as_a_finger(devices: Devices) -> None:
    inbox = devices.inbox(screen=HANDHELD)
    page = inbox.page
    page.get_by_role("button", name="Altri filtri").tap()
    choices = page.get_by_role("menuitemradio")
    expect(choices.first).to_be_visible()
    for choice in choices.all():
        assert _height(choice) >= FINGER
    page.keyboard.press("Escape")
    expect(choices).to_have_count(0)
    inbox.open("Ada Bianchi")
    for part in (
        inbox.thread.get_by_text("Finestra per rispondere").locator(".."),
        inbox.send_button,
    ):
        assert _height(part) >= FINGER
    assert _height(page.get_by_role("link", name="Apri il telefono di prova")) >= FINGER
    page.go_back()
    for chip in inbox.conversations.get_by_role("group").get_by_role("button").all():
        assert _height(chip) >= FINGER
    page.goto("/sandbox/phone")
    for part in page.get_by_role("button").or_(page.get_by_role("combobox")).all():
        assert _height(part) >= FINGER
    expect(page.get_by_role("combobox")).to_have_css("font-size", "16px")


def _height(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["height"]


_CUT_OFF = """() => {
  const inside = (box) => box.right <= innerWidth + 0.5 && box.left >= -0.5;
  const isScrolledOrShortened = ({ overflowX, textOverflow, clipPath }) =>
    ["auto", "scroll"].includes(overflowX) || textOverflow === "ellipsis" || clipPath !== "none";
  const isReached = (part) => {
    for (let around = part; around; around = around.parentElement) {
      const box = around.getBoundingClientRect();
      const keeps = around === part || isScrolledOrShortened(getComputedStyle(around));
      if (inside(box) && keeps) return true;
    }
    return false;
  };
  return [...document.querySelectorAll("body *")]
    .filter((part) => part.checkVisibility({ visibilityProperty: true }) && !isReached(part))
    .map((part) => `${part.tagName}.${part.className}`);
}"""


def _is_as_wide_as_its_screen(page: Page) -> bool:
    """Nothing stands out of the screen that cannot be scrolled to or is not shortened with dots."""
    assert page.evaluate(_CUT_OFF) == []
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")
