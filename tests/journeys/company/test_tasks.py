"""A guest's message becomes a supplier's task, and is closed once they have answered (P3)."""

from playwright.sync_api import expect

from tests.journeys.devices import HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.site import Site


def test_a_guest_s_message_is_handed_to_the_cleaner_and_closed_after_their_answer(
    inbox: Inbox, site: Site
) -> None:
    page = inbox.page
    site.receive("+447700900123", "Il rubinetto del bagno perde")
    inbox.open("Emma Taylor")
    message = inbox.message("Il rubinetto del bagno perde").last
    message.hover()
    message.get_by_role("button", name="Azioni sul messaggio").click()
    page.get_by_role("menuitem", name="Crea operazione").click()
    dialog = page.get_by_role("dialog", name="Nuova operazione")
    expect(dialog.get_by_role("textbox", name="Che cosa c'è da fare")).to_have_value(
        "Il rubinetto del bagno perde"
    )
    dialog.get_by_role("searchbox", name="Fornitore").fill("rossi")
    dialog.get_by_role("button", name="Pulizie Rossi").click()
    dialog.get_by_role("button", name="Crea operazione").click()

    page.get_by_role("status").get_by_role("button", name="Scrivi a Pulizie Rossi").click()
    expect(inbox.box).to_have_value("Il rubinetto del bagno perde\nCasa do Mar")
    site.receive("+393289876543", "Fatto!")
    page.get_by_role("button", name="Operazioni").click()
    panel = page.get_by_role("region", name="Operazioni")
    task = panel.get_by_role("listitem").filter(has_text="Il rubinetto")
    expect(task).to_contain_text("«Fatto!»")
    task.get_by_role("button", name="Segna come fatta").click()
    expect(task).to_have_count(0)
    expect(panel.get_by_text("2 chiuse")).to_be_visible()


def test_on_a_phone_tasks_are_a_sheet_that_back_puts_away(devices: Devices) -> None:
    inbox = devices.inbox(screen=HANDHELD)
    inbox.open("Pulizie Rossi")
    inbox.page.get_by_role("button", name="Operazioni").click()
    sheet = inbox.page.get_by_role("dialog", name="Operazioni")
    expect(sheet.get_by_role("heading", name="Pulizia e cambio biancheria")).to_be_visible()
    inbox.page.go_back()
    expect(sheet).to_have_count(0)
    expect(inbox.box).to_be_visible()
