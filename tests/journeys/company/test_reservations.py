"""Reservations by hand: written for a guest, refused, changed, beside the thread at once (A3)."""

from playwright.sync_api import expect

from tests.journeys.devices import ADMIN, Devices


def test_a_reservation_written_for_a_guest_is_beside_their_thread_at_once(
    devices: Devices,
) -> None:
    inbox = devices.inbox()
    inbox.open("Marie Lefèvre")
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
