"""With the keyboard alone, or with colours of one's own (X3)."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.devices import Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import PASSWORD, Site

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
    expect(phone.message("elettrico")).to_be_visible()


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


def test_the_keyboard_stays_in_an_open_menu_until_it_closes(inbox: Inbox) -> None:
    inbox.open("Ada Bianchi")
    page, button = inbox.page, inbox.thread.get_by_role("button", name="Altre azioni")
    button.focus()
    page.keyboard.press("Enter")
    items = page.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    page.keyboard.press("Tab")
    expect(items.first).to_be_focused()
    for key, at in (("ArrowDown", 1), ("End", -1), ("Home", 0)):
        page.keyboard.press(key)
        expect(items.nth(at)).to_be_focused()
    page.keyboard.type("scor")
    expect(page.get_by_role("menuitem", name="Scorciatoie")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(items).to_have_count(0)


def test_what_a_menu_opens_gives_the_focus_back_to_its_button(inbox: Inbox) -> None:
    inbox.open("Emma Taylor")
    page, button = inbox.page, inbox.thread.get_by_role("button", name="Altre azioni")
    button.click()
    page.get_by_role("menuitem", name="Scorciatoie da tastiera").click()
    expect(page.get_by_role("dialog")).to_contain_text("Scorciatoie da tastiera")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Cerca fra le conversazioni")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_slash_leads_to_the_search_unless_somebody_writes(inbox: Inbox) -> None:
    inbox.open("Emma Taylor")
    inbox.box.fill("")
    inbox.box.press_sequentially("1/2")
    expect(inbox.box).to_have_value("1/2")
    inbox.box.fill("")
    inbox.row("Emma Taylor").get_by_role("link").focus()
    inbox.page.keyboard.press("/")
    search = inbox.conversations.get_by_role("searchbox")
    expect(search).to_be_focused()
    expect(search).to_have_value("")


def test_two_links_skip_what_stands_before_the_rows_and_the_messages(inbox: Inbox) -> None:
    inbox.open("Ada Bianchi")
    page = inbox.page
    expect(page).to_have_title(re.compile(r"^(\(\d+\) )?Ada Bianchi · Posta$"))
    for link, place in (
        (
            "Vai alle conversazioni",
            inbox.conversations.get_by_role("listitem").get_by_role("link").first,
        ),
        ("Vai ai messaggi", inbox.log),
    ):
        skip = page.get_by_role("link", name=link)
        skip.focus()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(place).to_be_focused()


def test_who_has_colours_of_their_own_sees_what_is_chosen(devices: Devices) -> None:
    page = devices.inbox(screen={"forced_colors": "active"}).page
    inbox = Inbox(page)
    inbox.open("Ada Bianchi")
    for chosen in (
        inbox.row("Ada Bianchi").get_by_role("link"),
        page.get_by_role("button", name="Tutte", exact=True),
        page.get_by_role("link", name="Posta").first,
    ):
        expect(chosen).to_have_css("outline-style", "solid")
    expect(inbox.row("Emma Taylor").get_by_role("link")).to_have_css("outline-style", "none")
    expect(inbox.reservation.get_by_role("progressbar")).to_have_css("border-top-style", "solid")
    inbox.row("Emma Taylor").get_by_role("link").focus()
    page.keyboard.press("x")
    inbox.box.focus()
    expect(inbox.box).to_have_css("outline-style", "solid")
    expect(inbox.row("Emma Taylor").get_by_role("link")).to_have_css("outline-style", "dashed")


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus stands on what has this text in it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if name in (page.locator(":focus").text_content() or ""):
            return
    raise AssertionError(f"no Tab leads to {name}")


def test_arrows_go_from_message_to_message_and_the_one_with_the_focus_opens_its_menu(
    inbox: Inbox, site: Site
) -> None:
    for text in ("Prima domanda", "Seconda domanda", "Terza domanda"):
        site.receive("+393401112277", text, name="Rita")
    inbox.open("+39 340 111 2277")
    page = inbox.page
    expect(inbox.message("Terza domanda")).to_be_visible()
    buttons = [
        inbox.message(text).get_by_role("button", name="Azioni sul messaggio")
        for text in ("Prima", "Seconda", "Terza")
    ]
    inbox.log.focus()
    for key, at in (("ArrowUp", 2), ("ArrowUp", 1), ("ArrowUp", 0), ("ArrowDown", 1)):
        page.keyboard.press(key)
        expect(buttons[at]).to_be_focused()
    expect(buttons[1]).to_have_accessible_description(re.compile("Seconda domanda"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(buttons[1]).to_be_focused()
    page.keyboard.press("Tab")
    expect(inbox.log.locator(":focus")).to_have_count(0)
