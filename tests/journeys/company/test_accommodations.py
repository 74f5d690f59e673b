"""Accommodations by hand: written, found, archived and back (A3, S3)."""

from playwright.sync_api import expect

from tests.journeys.devices import Devices


def test_an_accommodation_is_written_found_archived_and_restored_by_keyboard(
    devices: Devices,
) -> None:
    page = devices.signed_in("demo@example.com", "/accommodations")
    page.get_by_role("button", name="Nuovo alloggio").press("Enter")
    form = page.get_by_role("dialog", name="Nuovo alloggio")
    expect(form.get_by_label("Nome", exact=True)).to_be_focused()
    page.keyboard.type("Masseria Perla")
    form.get_by_label("Codice della porta").fill("9931#")
    form.get_by_label("La sua chiave nel gestionale").fill("casa-blu")
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("Un altro alloggio ha questa chiave.")
    form.get_by_label("La sua chiave nel gestionale").fill("")
    page.keyboard.press("Enter")
    expect(form).to_be_hidden()

    card = page.get_by_role("listitem")
    page.get_by_label("Cerca alloggi").fill("màsseria")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("Da completare: Indirizzo")
    card.get_by_role("button", name="Masseria Perla").first.press("Enter")
    edited = page.get_by_role("dialog", name="Modifica alloggio")
    expect(edited.get_by_label("Codice della porta")).to_have_value("9931#")
    page.go_back()
    expect(edited).to_be_hidden()

    card.get_by_role("button", name="Archivia Masseria Perla").press("Enter")
    page.get_by_role("button", name="Archivia", exact=True).last.press("Enter")
    expect(page.get_by_text("Nessun alloggio contiene queste parole.")).to_be_visible()
    page.get_by_role("button", name="Archiviati").press("Enter")
    page.get_by_role("button", name="Ripristina Masseria Perla").press("Enter")
    expect(page.get_by_role("button", name="Archivia Masseria Perla")).to_be_visible()


def test_a_code_stands_beside_the_conversation_masked_until_somebody_asks_to_see_it(
    devices: Devices,
) -> None:
    inbox = devices.inbox()
    inbox.open("Ada Bianchi")
    panel = inbox.reservation
    expect(panel).to_contain_text("nel cortile, due posti")
    assert "5580" not in panel.inner_html()
    panel.get_by_role("button", name="Mostra: Codice della porta").press("Enter")
    hide = panel.get_by_role("button", name="Nascondi: Codice della porta")
    expect(hide).to_be_focused()
    expect(hide).to_contain_text("5580")
    expect(panel.get_by_role("button", name="Copia: Codice della porta")).to_be_visible()
    inbox.open("Marie Lefèvre")
    expect(panel).not_to_contain_text("5580")
    inbox.open("Ada Bianchi")
    expect(panel.get_by_role("button", name="Mostra: Codice della porta")).to_be_visible()
