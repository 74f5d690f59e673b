"""The whole way of a company that begins with nothing: a number, a template, a first answer, a
window that runs out, and a word of Meta's that nobody has heard before (B16, T1, W2)."""

from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from inbox_app.sandbox.simulator.people import NUMBERS
from tests.journeys.devices import Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.popups import press_the_last
from tests.journeys.site import Site

NUMBER = NUMBERS[1].display
NAME = "Novità sull'arrivo"
META_NAME = "novita_sull_arrivo"
TEXT = "Buongiorno, abbiamo novità per il suo arrivo. Ci risponde qui?"


def test_from_nothing_to_a_window_that_runs_out(devices: Devices, site: Site, clock: Site) -> None:
    page = devices.signed_in(site.make_company("dal-nulla@example.com"), "/")
    inbox = Inbox(page)
    connect(page)
    phone = open_the_phone(page)
    begin_with(inbox, phone)

    ask_for_a_template(inbox)
    card = card_of(inbox)
    expect(card).to_contain_text("In sospeso")
    expect(card.get_by_role("radio")).to_have_count(0)
    expect(card).to_contain_text("Accettata")
    card.click()
    inbox.menu.get_by_role("button", name="Invia", exact=True).click()
    expect(inbox.menu).to_have_count(0)
    expect(inbox.thread).to_contain_text("Modello inviato all")
    expect(inbox.thread).not_to_contain_text("ora puoi inviarlo")
    expect(phone.message(TEXT)).to_be_visible()

    phone.page.bring_to_front()
    phone.write("Certo, mi dica")
    expect(inbox.box).to_be_editable()
    page.bring_to_front()
    expect(inbox.box).to_be_focused()
    inbox.answer("Il portone è aperto")
    expect(phone.message("Il portone è aperto")).to_be_visible()

    inbox.box.press_sequentially("La aspettiamo ")
    clock.move_clock(timedelta(hours=24))
    expect(inbox.thread).to_contain_text("La finestra di 24 ore si è chiusa")
    expect(inbox.thread).to_contain_text("La tua bozza è salva")
    expect(inbox.row(phone.name)).to_contain_text("Chiusa")
    inbox.thread.get_by_role("button", name="Invia modello").click()
    expect(card.get_by_role("radio")).to_be_enabled()
    site.review(META_NAME, "QUANTUM_REVIEW")
    expect(card).to_contain_text("In sospeso")
    expect(card).to_contain_text("QUANTUM_REVIEW")
    expect(card.get_by_role("radio")).to_have_count(0)
    page.keyboard.press("Escape")

    phone.page.bring_to_front()
    phone.write("Siamo qui sotto")
    expect(inbox.box).to_have_value("La aspettiamo ")
    page.bring_to_front()
    expect(inbox.box).to_be_focused()


def connect(page: Page) -> None:
    """By Facebook, from the button of the empty inbox and back to it."""
    page.get_by_role("button", name="Connetti account").click()
    page.get_by_role("checkbox", name="Un profilo aziendale su Meta").click()
    page.get_by_role("checkbox", name="Un numero che si può verificare").click()
    page.get_by_role("checkbox", name="Accetto il contratto").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Continua con Facebook").click()
    opened.value.get_by_label(NUMBER).check()
    press_the_last(opened.value, "Fine")
    expect(page.get_by_role("heading", name="Il numero è connesso")).to_be_visible()
    page.get_by_role("link", name="Vai alla posta").click()
    expect(page.get_by_role("heading", name="Ancora nessuna conversazione")).to_be_visible()
    expect(page.get_by_role("button", name="Connetti account")).to_have_count(0)


def open_the_phone(page: Page) -> Phone:
    """By the link above the inbox: it writes to the number that was just connected."""
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Apri il telefono di prova").click()
    phone = Phone(opened.value).of_a_stranger()
    expect(phone.screen.get_by_role("combobox")).to_have_value(NUMBERS[1].phone_number_id)
    page.bring_to_front()
    return phone


def begin_with(inbox: Inbox, phone: Phone) -> None:
    """A conversation with a number that has never written."""
    inbox.page.keyboard.press("Alt+n")
    dialog = inbox.page.get_by_role("dialog", name="Nuova conversazione")
    dialog.get_by_role("searchbox", name="Nome o numero").fill(phone.number)
    dialog.get_by_role("button", name=f"Scrivi a {phone.name}").click()
    expect(inbox.thread).to_contain_text("Non ha ancora scritto a questo numero")


def ask_for_a_template(inbox: Inbox) -> None:
    """From the empty side menu through the wizard and back, to the menu again."""
    page = inbox.page
    inbox.thread.get_by_role("button", name="Invia modello").click()
    inbox.menu.get_by_role("button", name="Crea modello").click()
    kind = page.get_by_role("radiogroup", name="Tipo")
    kind.get_by_role("radio", name="Utilità").check()
    page.get_by_role("button", name="Avanti").click()
    page.get_by_role("textbox", name="Nome interno").fill(NAME)
    page.get_by_role("textbox", name="Testo").fill(TEXT)
    expect(page.get_by_text(META_NAME)).to_be_visible()
    page.get_by_role("button", name="Avanti").click()
    page.get_by_role("button", name="Salva e invia a Meta").click()
    expect(inbox.thread).to_contain_text(f"«{NAME}» è ora in esame")
    inbox.thread.get_by_role("button", name="Invia modello").click()


def card_of(inbox: Inbox) -> Locator:
    return inbox.menu.locator(".template-card").filter(has_text=NAME)
