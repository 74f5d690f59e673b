"""The help opens on every page and answers what people ask first (X6)."""

from playwright.sync_api import expect

from tests.journeys.devices import AGENT, HANDHELD, Devices
from tests.journeys.site import Site


def test_the_help_answers_the_four_questions_by_the_keyboard(devices: Devices) -> None:
    page = devices.signed_in(AGENT, "/settings")
    expect(page.get_by_role("heading", name="Impostazioni")).to_be_visible()
    page.keyboard.press("?")
    drawer = page.get_by_role("dialog", name="Aiuto")
    expect(drawer.locator("summary")).to_have_count(4)
    drawer.get_by_text("Posso scrivere dopo 24 ore?").press("Enter")
    expect(drawer.get_by_text("Appena la persona risponde, la finestra si riapre")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).not_to_be_visible()


def test_the_tour_leads_through_the_inbox_by_the_keyboard_and_ends_with_esc(
    devices: Devices,
) -> None:
    page = devices.inbox(AGENT).page
    page.get_by_role("button", name="Profilo").click()
    page.get_by_role("menuitem", name="Aiuto").click()
    page.get_by_role("button", name="Un breve giro").click()
    for step, told in enumerate(("conversazioni", "messaggi", "prenotazione", "Aiuto"), start=1):
        card = page.get_by_role("dialog", name=told)
        expect(card).to_contain_text(f"{step} di 4")
        if step < 4:
            expect(card.get_by_role("button", name="Avanti")).to_be_focused()
            page.keyboard.press("Enter")
    page.get_by_role("button", name="Indietro").click()
    expect(page.get_by_role("dialog", name="prenotazione")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("[data-told]")).to_have_count(0)


def test_the_tour_begins_by_itself_once_on_whatever_device(devices: Devices, site: Site) -> None:
    new = site.make_company("new-to-it@example.com", conversations=2, knows=False)
    settings = devices.signed_in(new, "/settings")
    expect(settings.get_by_role("heading", name="Impostazioni")).to_be_visible()
    inbox = devices.inbox(new)
    card = inbox.page.get_by_role("dialog", name="Le conversazioni")
    expect(card).to_contain_text("1 di 4")
    expect(settings.get_by_role("dialog")).to_have_count(0)
    card.get_by_role("button", name="Salta").click()
    expect(inbox.page.get_by_role("dialog")).to_have_count(0)

    for again in (inbox, devices.inbox(new, screen=HANDHELD)):
        again.page.goto("/")
        again.row("+39 347 000 0001").get_by_role("link").click()
        expect(again.thread).to_be_visible()
        again.page.goto("/")
        again.is_there()
        expect(again.page.get_by_role("dialog")).to_have_count(0)
