"""With the keyboard alone."""

from playwright.sync_api import Page, expect

from tests.journeys.devices import Devices
from tests.journeys.inbox import SOON, Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import PASSWORD

_END_COMPOSITION_AS_SAFARI_DOES = """box => {
  box.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
  const enter = { key: "Enter", keyCode: 229, isComposing: false };
  box.dispatchEvent(new KeyboardEvent("keydown", { ...enter, bubbles: true, cancelable: true }));
}"""


def test_sign_in_choose_and_answer_without_a_mouse(devices: Devices) -> None:
    phone = devices.phone()
    phone.write("C'è il forno?")
    page = devices.new()
    page.goto("/")
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.keyboard.type("demo@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    inbox = Inbox(page)
    inbox.is_there()

    _tab_to(page, phone.name)
    page.keyboard.press("Enter")
    inbox.shows(phone.name)
    expect(inbox.box).to_be_focused()
    page.keyboard.type("Sì,")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("elettrico")
    expect(inbox.box).to_have_value("Sì,\nelettrico")
    inbox.box.evaluate(_END_COMPOSITION_AS_SAFARI_DOES)
    expect(inbox.box).to_have_value("Sì,\nelettrico")
    page.keyboard.press("Enter")
    expect(inbox.box).to_have_value("")
    expect(inbox.box).to_be_focused()
    expect(phone.message("elettrico")).to_be_visible(timeout=SOON)


def test_alt_j_and_alt_k_go_through_the_conversations(inbox: Inbox, phone: Phone) -> None:
    phone.write("C'è il parcheggio?")
    rows = inbox.conversations.get_by_role("listitem")
    expect(rows.first).to_contain_text(phone.name)
    for key, at in (("Alt+j", 0), ("Alt+j", 1), ("Alt+k", 0)):
        inbox.page.keyboard.press(key)
        expect(rows.nth(at).get_by_role("link")).to_have_attribute("aria-current", "page")
    expect(inbox.box).to_be_focused()


def test_alt_l_leads_to_the_box_or_to_what_stands_in_its_place(inbox: Inbox) -> None:
    for name, at in (("Emma Taylor", inbox.box), ("Giuseppe Ferrari", inbox.template_button)):
        inbox.open(name)
        inbox.row(name).get_by_role("link").focus()
        inbox.page.keyboard.press("Alt+l")
        expect(at).to_be_focused()


def test_the_menu_and_the_help_open_and_close_by_keys(inbox: Inbox) -> None:
    inbox.open("Emma Taylor")
    inbox.thread.get_by_role("button", name="Altre azioni").focus()
    inbox.page.keyboard.press("Enter")
    expect(inbox.page.get_by_role("button", name="Scorciatoie da tastiera")).to_be_visible()
    inbox.page.keyboard.press("Escape")
    expect(inbox.thread.get_by_role("button", name="Altre azioni")).to_be_focused()
    inbox.page.keyboard.press("?")
    expect(inbox.page.get_by_role("dialog")).to_contain_text("Scorciatoie da tastiera")
    inbox.page.keyboard.press("Escape")
    expect(inbox.page.get_by_role("dialog")).to_be_hidden()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus stands on what has this text in it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if name in (page.locator(":focus").text_content() or ""):
            return
    raise AssertionError(f"no Tab leads to {name}")
