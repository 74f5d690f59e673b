"""Saved replies: written once, put into an answer with «/» (M8, S3)."""

from playwright.sync_api import expect

from tests.journeys.devices import HANDHELD, Devices
from tests.journeys.inbox import Inbox


def test_a_reply_is_written_and_then_answers_a_guest_by_keyboard(devices: Devices) -> None:
    page = devices.signed_in("demo@example.com", "/replies")
    page.get_by_role("button", name="Nuovo modello").click()
    editor = page.get_by_role("dialog", name="Nuovo modello del sistema")
    editor.get_by_label("Nome", exact=False).first.fill("Ultimi saluti")
    editor.get_by_label("Testo").fill("A presto, ")
    editor.get_by_role("button", name="Nome", exact=True).click()
    expect(editor.get_by_label("Testo")).to_have_value("A presto, {first_name}")
    editor.get_by_role("button", name="Salva").click()
    expect(editor).to_be_hidden()
    expect(page.get_by_role("listitem").filter(has_text="Ultimi saluti")).to_be_visible()

    page.goto("/")
    inbox = Inbox(page)
    inbox.open("Ada Bianchi")
    inbox.box.press_sequentially("/ultimi")
    expect(page.get_by_role("option", selected=True)).to_contain_text("A presto, Ada")
    inbox.box.press("Enter")
    expect(inbox.box).to_have_value("A presto, Ada")
    inbox.box.press("Enter")
    expect(inbox.log.get_by_role("article").last).to_contain_text("A presto, Ada")


def test_a_name_that_is_taken_is_said_and_nothing_typed_is_lost(devices: Devices) -> None:
    page = devices.signed_in("demo@example.com", "/replies")
    page.get_by_role("button", name="Nuovo modello").click()
    editor = page.get_by_role("dialog", name="Nuovo modello del sistema")
    editor.get_by_label("Nome", exact=False).first.fill("WI-FI")
    editor.get_by_label("Testo").fill("La rete è aperta")
    editor.get_by_role("button", name="Salva").click()
    expect(editor.get_by_role("alert")).to_contain_text("Un altro modello del sistema ha questo")
    expect(editor.get_by_label("Testo")).to_have_value("La rete è aperta")


def test_what_is_not_known_must_be_filled_in_before_sending(devices: Devices) -> None:
    inbox = devices.inbox(screen=HANDHELD)
    inbox.open("Pulizie Rossi")
    inbox.thread.get_by_role("button", name="Invia qualcos'altro").click()
    inbox.page.get_by_role("menuitem", name="Modelli del sistema").click()
    option = inbox.page.get_by_role("option").filter(has_text="Parcheggio")
    expect(option).to_contain_text("Qui non si conosce: Parcheggio")
    option.click()
    expect(inbox.thread.get_by_text("Da completare: Parcheggio")).to_be_visible()
    expect(inbox.send_button).to_be_disabled()
    inbox.box.fill("Si parcheggia in piazza.")
    expect(inbox.send_button).to_be_enabled()
    inbox.box.fill("")


def test_words_that_no_reply_has_are_said_to_be_the_reason(devices: Devices) -> None:
    inbox = devices.inbox()
    inbox.open("Sofía García")
    inbox.box.fill("/zanzariera")
    expect(inbox.thread.locator(".reply-picker")).to_contain_text("contiene queste parole")
    inbox.box.fill("")
