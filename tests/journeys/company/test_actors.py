"""Actors by hand: made, found, edited, made one with another and parted again (A3, B13)."""

from playwright.sync_api import expect

from tests.journeys.devices import HANDHELD, Devices


def test_an_actor_is_made_edited_merged_and_parted_again(devices: Devices) -> None:
    page = devices.signed_in("demo@example.com", "/actors")
    page.get_by_role("button", name="Nuovo attore").press("Enter")
    form = page.get_by_role("dialog", name="Nuovo attore")
    expect(form.get_by_label("Nome", exact=True)).to_be_focused()
    page.keyboard.type("Ada B.")
    form.get_by_label("Numero 1").fill("3331112223")
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("prefisso internazionale")
    expect(form.get_by_label("Numero 1")).to_be_focused()
    form.get_by_label("Numero 1").fill("+39 333 111 2223")
    page.keyboard.press("Enter")

    record = page.get_by_role("region", name="Attore", exact=True)
    expect(record.get_by_role("heading", name="Ada B.")).to_be_visible()
    expect(record).to_contain_text("+39 333 111 2223")
    record.get_by_role("button", name="Modifica").press("Enter")
    edited = page.get_by_role("dialog", name="Modifica attore")
    edited.get_by_label("E-mail").fill("ada.b@example.com")
    edited.get_by_role("button", name="Salva").press("Enter")
    expect(edited).to_be_hidden()
    expect(record).to_contain_text("ada.b@example.com")

    record.get_by_role("button", name="Altre azioni").press("Enter")
    page.get_by_role("menuitem", name="Unisci a un altro").press("Enter")
    merge = page.get_by_role("dialog", name="Unisci a un altro attore")
    merge.get_by_role("searchbox").fill("ada bianchi")
    merge.get_by_role("button", name="Ada Bianchi").press("Enter")
    expect(merge).to_contain_text("Chi resta")
    merge.get_by_role("button", name="Ada Bianchi").press("Enter")
    expect(merge).to_contain_text("Di Ada B. passa:")
    expect(merge).to_contain_text("+39 333 111 2223")
    merge.get_by_role("button", name="Unisci", exact=True).press("Enter")
    expect(record.get_by_role("heading", name="Ada Bianchi")).to_be_visible()
    expect(record).to_contain_text("ada.b@example.com")
    expect(record).to_contain_text("Unito a Ada B.")

    record.get_by_role("button", name="Annulla l'unione").press("Enter")
    expect(record).not_to_contain_text("ada.b@example.com")
    page.get_by_role("searchbox").fill("333 111 2223")
    expect(page.get_by_role("list", name="Attori").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("link", name="Ada B.").press("Enter")
    record.get_by_role("button", name="Altre azioni").press("Enter")
    page.get_by_role("menuitem", name="Archivia").press("Enter")
    expect(page.get_by_text("Nessuno ha questo nome")).to_be_visible()


def test_on_a_phone_the_list_leads_to_an_actor_and_on_to_the_conversation(
    devices: Devices,
) -> None:
    page = devices.signed_in("demo@example.com", "/actors", HANDHELD)
    page.get_by_role("link", name="Ada Bianchi").tap()
    record = page.get_by_role("region", name="Attore", exact=True)
    expect(record).to_contain_text("VG-2214")
    record.get_by_role("link", name="+39 347 123 4567").tap()
    page.wait_for_url("**/inbox/*")
    page.go_back()
    expect(record).to_contain_text("VG-2214")
    record.get_by_role("link", name="Torna agli attori").tap()
    expect(page.get_by_role("link", name="Chiara Lombardi")).to_be_visible()


def test_an_admin_erases_a_person_and_the_thread_keeps_its_shape(devices: Devices) -> None:
    """A6"""
    page = devices.signed_in("demo@example.com", "/actors")
    page.get_by_role("link", name="Lucia Marchetti").press("Enter")
    record = page.get_by_role("region", name="Attore", exact=True)
    record.get_by_role("button", name="Altre azioni").press("Enter")
    with page.expect_download() as saved:
        page.get_by_role("menuitem", name="Esporta i suoi dati").press("Enter")
    assert saved.value.suggested_filename.endswith(".zip")

    record.get_by_role("button", name="Altre azioni").press("Enter")
    page.get_by_role("menuitem", name="Cancella i suoi dati").press("Enter")
    page.get_by_role("button", name="Continua").press("Enter")
    page.get_by_role("button", name="Cancella per sempre").press("Enter")
    expect(record.get_by_role("heading", name="Persona cancellata")).to_be_visible()
    expect(page.get_by_role("link", name="Lucia Marchetti")).to_have_count(0)
    record.get_by_role("link", name="Contenuto cancellato").press("Enter")
    expect(page.get_by_text("I suoi dati sono stati cancellati").first).to_be_visible()
    expect(page.get_by_text("Contenuto cancellato").first).to_be_visible()


def test_a_contact_card_is_put_on_file(devices: Devices) -> None:
    """M3"""
    phone, inbox = devices.phone(), devices.inbox()
    phone.send("Contatto")
    inbox.open(phone.name)
    inbox.log.get_by_role("link", name="Salva come attore").last.press("Enter")
    form = inbox.page.get_by_role("dialog", name="Nuovo attore")
    expect(form.get_by_label("Nome", exact=True)).to_have_value("Nino Greco")
    number = form.get_by_label("Numero 1").input_value()
    form.get_by_role("button", name="Salva").press("Enter")
    record = inbox.page.get_by_role("region", name="Attore", exact=True)
    expect(record.get_by_role("heading", name="Nino Greco")).to_be_visible()
    assert number.startswith("+")


def test_somebody_gets_labels_by_which_the_list_is_looked_through(devices: Devices) -> None:
    page = devices.signed_in("demo@example.com", "/actors")
    page.get_by_role("link", name="Ada Bianchi").press("Enter")
    record = page.get_by_role("region", name="Attore", exact=True)
    picker = record.get_by_role("button", name="Scegli etichette…")
    picker.press("Enter")
    page.get_by_role("menuitem", name="Nuova etichetta…").press("Enter")
    named = page.get_by_role("dialog", name="Nuova etichetta")
    expect(named.get_by_label("Nome")).to_be_focused()
    page.keyboard.type("Cliente storica")
    page.keyboard.press("Enter")
    expect(named).to_be_hidden()
    expect(picker).to_be_focused()
    expect(record.get_by_role("listitem").filter(has_text="Cliente storica")).to_be_visible()

    rows = page.get_by_role("list", name="Attori").get_by_role("listitem")
    expect(rows.filter(has_text="Ada Bianchi")).to_contain_text("Cliente storica")
    page.get_by_role("button", name="Altri filtri").press("Enter")
    page.get_by_role("menuitemradio", name="Cliente storica").press("Enter")
    expect(rows).to_have_count(1)

    picker.press("Enter")
    ticked = page.get_by_role("menuitemcheckbox", name="Cliente storica")
    expect(ticked).to_be_checked()
    ticked.press("Enter")
    expect(ticked).not_to_be_checked()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Nessuno ha questa etichetta.")).to_be_visible()
