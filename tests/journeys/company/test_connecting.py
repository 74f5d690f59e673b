"""Connecting a company's number: by hand and by the played Facebook, stopped and gone on with,
refused and renewed, disconnected (C1, C4, C5, C6)."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from inbox_app.sandbox.simulator.people import NUMBERS, TOKEN
from tests.journeys.devices import AGENT, Devices
from tests.journeys.popups import press_the_last
from tests.journeys.site import Site

_companies = count(1)
SECOND, NEW = NUMBERS[1], NUMBERS[2]


@pytest.fixture
def wizard(devices: Devices, site: Site) -> Page:
    """The wizard of a fresh company's admin, come to by the inbox, with all requirements met."""
    email = f"nuova{next(_companies)}@example.com"
    page = devices.signed_in(site.make_company(email), "/")
    page.get_by_role("button", name="Connetti account").click()
    page.wait_for_url("**/connect")
    facebook = page.get_by_role("button", name="Continua con Facebook")
    for name in ("Un profilo aziendale su Meta", "Un numero che si può verificare"):
        requirement = page.get_by_role("checkbox", name=name)
        at_once = requirement.evaluate("box => (box.click(), box.checked)")
        assert at_once, "before the server can have answered"
        expect(requirement).to_be_checked()
    expect(facebook).to_be_disabled()
    expect(page.get_by_role("document", name="Il contratto di connessione")).to_be_hidden()
    contract = page.get_by_role("checkbox", name="contratto di connessione")
    contract.press("Space")
    expect(page.get_by_text(re.compile("Accettato da"))).to_be_visible()
    expect(facebook).to_be_enabled()
    expect(contract).to_be_focused()
    contract.press("Space")
    expect(contract).to_be_checked()
    return page


def by_hand(page: Page, token: str = TOKEN) -> None:
    """By the keyboard alone; where it stands the next Tab goes on from."""
    page.get_by_text("Oppure a mano").press("Enter")
    page.get_by_label("ID del numero di telefono").fill(NEW.phone_number_id)
    page.get_by_label("ID dell'account WhatsApp").fill(NEW.waba_id)
    page.get_by_label("Token di accesso").fill(token)
    page.get_by_label("Token di accesso").press("Enter")


def disconnect(page: Page) -> None:
    page.goto("/settings")
    page.get_by_role("button", name="Disconnetti…").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Disconnetti", exact=True).click()
    expect(page.get_by_role("button", name="Connetti account")).to_be_visible()


def test_a_number_is_connected_by_hand_after_a_bad_token_was_mended(
    wizard: Page, faults: Site
) -> None:
    by_hand(wizard, token="cut off")
    expect(wizard.get_by_role("alert")).to_contain_text("Incolla il token intero")
    wizard.get_by_label("Token di accesso").fill("EAAnot-the-right-one")
    wizard.get_by_label("Token di accesso").press("Enter")
    stopped = wizard.get_by_role("alert")
    expect(stopped).to_contain_text("Meta non accetta il token")
    expect(stopped).to_contain_text("Meta dice")
    expect(wizard.get_by_role("heading", name="La connessione si è fermata")).to_be_focused()
    wizard.keyboard.press("Tab")
    expect(stopped.get_by_label("Token di accesso")).to_be_focused()
    wizard.keyboard.type(TOKEN)
    wizard.keyboard.press("Enter")
    expect(wizard.get_by_role("heading", name="Il numero è connesso")).to_be_focused()

    wizard.get_by_role("link", name="Vai alla posta").click()
    expect(wizard.get_by_role("heading", name="Ancora nessuna conversazione")).to_be_visible()
    expect(wizard.get_by_role("button", name="Connetti account")).to_have_count(0)
    disconnect(wizard)


def test_a_number_is_connected_by_facebook_and_chosen_among_several(wizard: Page) -> None:
    with wizard.expect_popup() as opened:
        wizard.get_by_role("button", name="Continua con Facebook").click()
    press_the_last(opened.value, "Annulla")
    expect(wizard.get_by_text("Non è stato connesso nulla")).to_be_visible()

    with wizard.expect_popup() as opened:
        wizard.get_by_role("button", name="Continua con Facebook").click()
    press_the_last(opened.value, "Errore")
    expect(wizard.get_by_text("se si ripete, connetti a mano")).to_be_visible()
    expect(wizard.get_by_text("Something went wrong on Facebook's side.")).to_be_visible()

    with wizard.expect_popup() as opened:
        wizard.get_by_role("button", name="Continua con Facebook").click()
    opened.value.get_by_label("Nessun numero, solo l'account WhatsApp").check()
    opened.value.get_by_text("Che cosa può andare storto").click()
    opened.value.get_by_label("Il codice arriva prima dei numeri").check()
    press_the_last(opened.value, "Fine")
    wizard.get_by_role("button", name=SECOND.display).click()
    expect(wizard.get_by_role("heading", name="Il numero è connesso")).to_be_visible()
    expect(wizard.get_by_text(SECOND.display)).to_be_visible()
    disconnect(wizard)


def test_an_agent_is_sent_to_an_admin(devices: Devices) -> None:
    """C1."""
    page = devices.signed_in(AGENT, "/connect")
    expect(page.get_by_text("Solo un amministratore può connettere l'account")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)


def test_refused_credentials_are_renewed_and_a_silent_meta_is_another_thing(
    wizard: Page, faults: Site
) -> None:
    by_hand(wizard)
    expect(wizard.get_by_role("heading", name="Il numero è connesso")).to_be_visible()
    wizard.goto("/settings")
    wizard.get_by_role("button", name="Nascondi il consiglio").click()
    expect(wizard.get_by_text("Meglio due numeri che uno")).to_have_count(0)
    faults.break_meta(graph=["", "unavailable"])
    wizard.get_by_role("button", name="Controlla ora").click()
    expect(wizard.get_by_text("Meta non risponde")).to_be_visible()

    faults.break_meta(token=True)
    wizard.get_by_role("button", name="Controlla ora").click()
    expect(wizard.get_by_role("alert")).to_contain_text("Credenziali rifiutate")
    expect(wizard.get_by_text("Meta non risponde")).to_have_count(0)

    faults.mend_meta()
    wizard.get_by_role("button", name="Ricollega account").click()
    wizard.wait_for_url("**/connect")
    expect(wizard.get_by_role("heading", name="Ricollega account")).to_be_visible()
    expect(wizard.get_by_text("Meglio due numeri che uno")).to_have_count(0)
    wizard.get_by_label("Token di accesso").fill(TOKEN)
    wizard.get_by_role("button", name="Connetti", exact=True).click()
    expect(wizard.get_by_role("heading", name="Il numero è connesso")).to_be_visible()
    disconnect(wizard)
