"""What is written now leaves later: at a time (M10), or when the person answers (W7)."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.devices import Devices
from tests.journeys.inbox import Inbox
from tests.journeys.site import Site


def test_a_text_waits_for_its_time_and_can_be_taken_back(inbox: Inbox, devices: Devices) -> None:
    phone = devices.phone()
    phone.write("Quando arriva il codice?")
    inbox.open(phone.name)
    inbox.box.fill("Il codice è 4471")
    inbox.thread.get_by_role("button", name="Invia qualcos'altro").click()
    inbox.page.get_by_role("menuitem", name="Invia più tardi").click()
    dialog = inbox.page.get_by_role("dialog", name="Invia più tardi")
    time = dialog.get_by_label("Giorno e ora dell'alloggio")
    time.fill("2020-01-01T09:00")
    expect(dialog).to_contain_text("già passata")
    time.fill("2027-03-01T09:00")
    expect(dialog).to_contain_text("si chiude")
    expect(dialog.get_by_role("figure", name="Il tuo messaggio")).to_contain_text("è 4471")
    template = dialog.get_by_role("figure", name="Il modello, come lo leggerà")
    expect(template).to_have_count(0)
    choices = dialog.get_by_label("Modello da inviare prima")
    of_the_house = choices.locator("option").filter(has_text="house_rules").get_attribute("value")
    choices.select_option(of_the_house)
    expect(template).to_contain_text("Le regole della casa")
    expect(template).to_contain_text("i rifiuti vanno separati come indicato in cucina")
    expect(template).to_contain_text("Case del Sole")
    dialog.get_by_role("button", name="Invia più tardi").click()
    expect(dialog).to_have_count(0)
    waiting = inbox.message("Il codice è 4471")
    expect(waiting).to_contain_text("Parte il 1 marzo")
    expect(waiting).to_contain_text("prima parte il modello «house_rules»")
    expect(waiting).to_have_count(1)
    expect(inbox.box).to_have_value("")
    waiting.get_by_role("button", name="Riprendi").click()
    expect(waiting).to_have_count(0)
    expect(inbox.box).to_have_value("Il codice è 4471")


def test_what_is_written_while_the_window_is_closed_leaves_when_they_answer(
    inbox: Inbox, devices: Devices, site: Site
) -> None:
    phone = devices.phone()
    site.receive(phone.number, "Grazie", ago=timedelta(days=2))
    inbox.open(phone.name)
    inbox.thread.get_by_role("button", name="Scrivi ora, invia quando risponde").click()
    dialog = inbox.page.get_by_role("dialog", name="Scrivi ora, invia quando risponde")
    dialog.get_by_role("textbox").fill("Ecco la fattura di cui parlavamo")
    dialog.get_by_role("button", name="Invia quando risponde").click()
    expect(inbox.message("Ecco la fattura")).to_contain_text("Parte quando risponde")
    phone.write("Dica pure")
    expect(inbox.message("Ecco la fattura")).to_contain_text("Consegnato")
    expect(inbox.message("Ecco la fattura")).to_have_count(1)
