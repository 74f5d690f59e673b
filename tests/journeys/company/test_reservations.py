"""Reservations by hand: written, refused, changed, deleted; beside the thread at once (A3)."""

from playwright.sync_api import Page, expect

from tests.journeys.devices import ADMIN, AGENT, HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.site import Site


def test_a_reservation_written_for_a_guest_is_beside_their_thread_at_once(
    devices: Devices,
) -> None:
    inbox = devices.inbox()
    inbox.open("Marie Lefèvre")
    expect(inbox.reservation.locator(".stay-dates")).to_contain_text("5 notti")
    page = devices.signed_in(ADMIN, "/actors")
    page.get_by_role("link", name="Marie Lefèvre").click()
    record = page.get_by_role("region", name="Attore")

    record.get_by_role("button", name="Aggiungi una prenotazione").press("Enter")
    form = page.get_by_role("dialog", name="Nuova prenotazione")
    home = form.get_by_label("Alloggio", exact=True)
    expect(home).to_be_focused()
    form.get_by_label("Arrivo", exact=True).fill("2031-05-02")
    form.get_by_label("Partenza").fill("2031-05-01")
    form.get_by_label("Codice (facoltativo)").fill("MANO-1")
    form.get_by_role("button", name="Salva").click()
    expect(form.get_by_role("alert")).to_contain_text("Scegli l'alloggio.")
    home.fill("casa")
    form.get_by_role("button", name="Casa").first.click()
    form.get_by_role("button", name="Salva").click()
    expect(form.get_by_role("alert")).to_contain_text("La partenza deve essere dopo l'arrivo.")
    expect(form.get_by_label("Codice (facoltativo)")).to_have_value("MANO-1")
    form.get_by_label("Partenza").fill("2031-05-09")
    form.get_by_label("Totale").fill("840.5")
    form.get_by_label("Valuta").fill("eur")
    page.keyboard.press("Enter")
    expect(form).to_be_hidden()

    stay = record.get_by_role("listitem").filter(has_text="MANO-1")
    expect(stay).to_contain_text("Confermata")
    expect(inbox.reservation).to_contain_text("MANO-1")

    stay.get_by_role("button", name="Modifica la prenotazione").press("Enter")
    changed = page.get_by_role("dialog", name="Modifica prenotazione")
    expect(changed.get_by_label("Totale")).to_have_value("840.50")
    changed.get_by_label("Stato").select_option(label="Annullata")
    changed.get_by_role("button", name="Salva").click()
    expect(changed).to_be_hidden()
    expect(stay).to_contain_text("Annullata")


def test_one_is_written_beside_the_thread_changed_there_and_deleted_after_a_question(
    inbox: Inbox, devices: Devices, site: Site
) -> None:
    site.receive("+393401112299", "Arriviamo venerdì", name="Nora")
    inbox.open("+39 340 111 2299")
    page = inbox.page
    _choose(page, "Aggiungi nuovo")
    new = page.get_by_role("dialog", name="Aggiungi nuovo")
    new.get_by_role("textbox", name="Nome").fill("Nora Blu")
    new.get_by_role("button", name="Salva").click()
    expect(new).to_be_hidden()
    other = devices.inbox(AGENT, path=page.url, screen=HANDHELD)
    expect(inbox.reservation).to_have_count(0)

    _choose(page, "Nuova prenotazione")
    form = page.get_by_role("dialog", name="Nuova prenotazione")
    form.get_by_label("Alloggio", exact=True).fill("casa")
    form.get_by_role("button", name="Casa").first.click()
    form.get_by_label("Arrivo", exact=True).fill("2031-05-02")
    form.get_by_label("Partenza").fill("2031-05-09")
    form.get_by_label("Codice (facoltativo)").fill("MANO-2")
    page.keyboard.press("Enter")
    expect(form).to_be_hidden()
    expect(inbox.reservation).to_contain_text("MANO-2")
    expect(other.thread.get_by_title("Mostra la prenotazione").first).to_be_visible()

    inbox.reservation.get_by_role("button", name="Modifica prenotazione").click()
    changed = page.get_by_role("dialog", name="Modifica prenotazione")
    changed.get_by_role("button", name="Elimina prenotazione").click()
    question = page.get_by_role("alertdialog", name="Eliminare questa prenotazione?")
    expect(question.get_by_role("button", name="Annulla")).to_be_focused()
    page.keyboard.press("Escape")
    expect(changed.get_by_label("Codice (facoltativo)")).to_have_value("MANO-2")
    changed.get_by_role("button", name="Elimina prenotazione").click()
    question.get_by_role("button", name="Elimina prenotazione").click()
    expect(changed).to_be_hidden()
    expect(inbox.reservation).to_have_count(0)
    expect(other.thread.get_by_title("Mostra la prenotazione")).to_have_count(0)
    expect(page.get_by_role("button", name="Altre azioni")).to_be_focused()


def test_a_stay_that_the_management_system_tells_is_beside_the_thread_at_once(
    devices: Devices, site: Site
) -> None:
    inbox = devices.inbox()
    inbox.open("Marie Lefèvre")
    told = {
        "code": "PMS-77", "accommodation": "casa-blu", "guests": ["marie"], "status": "confirmed",
        "check_in": "2031-06-01", "check_out": "2031-06-08", "total": "910.00", "currency": "EUR",
    }  # fmt: skip
    with site.pms(ADMIN) as pms:
        pms.put("/reservations/pms-77", json=told).raise_for_status()
        stay = inbox.reservation.get_by_role("button", name="PMS-77")
        stay.click()
        expect(inbox.reservation).to_contain_text("910,00")
        expect(inbox.reservation.get_by_role("button", name="Modifica prenotazione")).to_have_count(
            0
        )
        pms.delete("/reservations/pms-77").raise_for_status()
    expect(stay).to_have_count(0)


def _choose(page: Page, item: str) -> None:
    page.get_by_role("button", name="Altre azioni").click()
    page.get_by_role("menuitem", name=item).click()
