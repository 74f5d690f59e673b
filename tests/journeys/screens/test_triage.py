"""«Da rispondere» worked off by keyboard, and what is snoozed until they answer (P8, P9)."""

from playwright.sync_api import expect

from tests.journeys.devices import AGENT, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone


def test_what_waits_is_worked_off_by_keyboard_and_everybody_sees_it(
    devices: Devices, inbox: Inbox, phone: Phone
) -> None:
    colleague = devices.inbox(AGENT)
    for each in (inbox, colleague):
        each.lane("Da rispondere")
    phone.write("C'è un'asse da stiro?")
    for each in (inbox, colleague):
        expect(each.row(phone.name)).to_contain_text("In attesa di risposta")
    page = inbox.page
    inbox.open(phone.name)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("e")
    for each in (inbox, colleague):
        expect(each.row(phone.name)).to_have_count(0)
    expect(inbox.thread.get_by_role("heading", level=1)).not_to_contain_text(phone.name)
    page.keyboard.press("Alt+z")
    for each in (inbox, colleague):
        expect(each.row(phone.name)).to_be_visible()

    inbox.row(phone.name).get_by_role("link").focus()
    page.keyboard.press("h")
    page.get_by_role("menuitem", name="Fino alla risposta").click()
    expect(colleague.row(phone.name)).to_have_count(0)
    inbox.lane("Tutte")
    expect(inbox.row(phone.name)).to_contain_text("Fino alla risposta")
    phone.write("Allora?")
    expect(colleague.row(phone.name)).to_contain_text("Allora?")
    colleague.open(phone.name)
    colleague.answer("Sì, nell'armadio")
    expect(inbox.row(phone.name)).not_to_contain_text("In attesa")


def test_several_are_chosen_and_seen_to_at_once(inbox: Inbox) -> None:
    page, rows = inbox.page, inbox.conversations.get_by_role("listitem")
    names = [rows.nth(at).locator(".row-name > .truncate").inner_text() for at in (0, 2)]
    rows.nth(0).get_by_role("link").focus()
    page.keyboard.press("x")
    bar = page.get_by_role("toolbar", name="Conversazioni selezionate")
    expect(bar).to_contain_text("1 selezionata")
    rows.nth(2).get_by_role("link").click(modifiers=["Shift"])
    expect(bar).to_contain_text("3 selezionate")
    bar.get_by_role("button", name="Archivia").click()
    expect(bar).to_have_count(0)
    for name in names:
        expect(inbox.row(name)).to_have_count(0)
    page.get_by_role("button", name="Annulla", exact=True).click()
    for name in names:
        expect(inbox.row(name)).to_be_visible()
    rows.nth(0).get_by_role("link").click(button="right")
    page.get_by_role("menuitem", name="Aggiungi la stella").click()
    inbox.lane("Con stella")
    expect(rows).to_have_count(1)
    rows.nth(0).get_by_role("link").focus()
    page.keyboard.press("s")
    expect(rows).to_have_count(0)
    inbox.lane("Tutte")
