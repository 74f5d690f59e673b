"""WhatsApp templates: chosen, paused meanwhile, sent by the keyboard, mended before Meta
(T3, T4, T6)."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import Site


@pytest.fixture
def closed(inbox: Inbox, phone: Phone, site: Site) -> Inbox:
    """The inbox with a conversation open whose window has closed."""
    site.receive(phone.number, "Grazie, a presto", ago=timedelta(hours=30))
    inbox.open(phone.name)
    return inbox


def _card(inbox: Inbox, name: str) -> Locator:
    return inbox.menu.locator(".template-card").filter(has_text=name)


def _choose_utility(page: Page) -> None:
    page.get_by_role("radiogroup", name="Tipo").get_by_role("radio", name="Utilità").check()


def _press(page: Page, key: str, times: int) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def _next(page: Page) -> None:
    page.get_by_role("button", name="Avanti").click()


def _write(page: Page, name: str, text: str) -> None:
    page.get_by_role("textbox", name="Nome interno").fill(name)
    page.get_by_role("textbox", name="Testo").fill(text)


def test_a_template_that_meta_pauses_meanwhile_cannot_be_chosen_any_more(
    closed: Inbox, site: Site
) -> None:
    closed.thread.get_by_role("button", name="Invia modello").click()
    _card(closed, "house_rules").click()
    send = closed.menu.get_by_role("button", name="Invia", exact=True)
    expect(send).to_be_enabled()
    site.review("house_rules", "PAUSED")
    expect(_card(closed, "house_rules")).to_contain_text("Messo in pausa da Meta")
    expect(_card(closed, "house_rules").get_by_role("radio")).to_have_count(0)
    expect(send).to_be_disabled()


def test_a_status_that_nobody_has_seen_before_is_shown_by_its_name(
    closed: Inbox, site: Site
) -> None:
    closed.thread.get_by_role("button", name="Invia modello").click()
    card = _card(closed, "cleaning_tomorrow")
    expect(card.get_by_role("radio")).to_have_count(1)
    try:
        site.review("cleaning_tomorrow", "HELD_FOR_REVIEW")
        expect(card).to_contain_text("Meta dice: «HELD_FOR_REVIEW»")
        expect(card).to_contain_text("In sospeso")
        expect(card.get_by_role("radio")).to_have_count(0)
    finally:
        site.review("cleaning_tomorrow", "APPROVED")
    expect(card.get_by_role("radio")).to_have_count(1)


def test_the_keyboard_alone_makes_a_template(inbox: Inbox) -> None:
    page = inbox.page
    page.goto("/templates/new")
    keys = page.keyboard
    page.get_by_role("radio", name="Utilità").focus()
    keys.press("Space")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Nome e testo")).to_be_focused()
    keys.press("Tab")
    keys.type("Solo tastiera")
    keys.press("Tab")
    keys.type("Buongiorno a lei {{1}}")
    _press(page, "Tab", 2)
    keys.press("Enter")
    expect(page.get_by_role("textbox", name="Testo")).to_be_focused()
    keys.press("End")
    _press(page, "Backspace", 5)
    keys.type("e ci risponda")
    _press(page, "Tab", 2)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="In che lingua")).to_be_focused()
    keys.press("Tab")
    expect(page.get_by_role("combobox", name="Lingua")).to_be_focused()
    _press(page, "Tab", 2)
    keys.press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Solo tastiera")).to_be_visible()


def test_the_keyboard_alone_finds_and_sends_a_template(closed: Inbox) -> None:
    button = closed.thread.get_by_role("button", name="Invia modello")
    button.focus()
    keys = closed.page.keyboard
    keys.press("Enter")
    expect(closed.menu.get_by_role("searchbox")).to_be_focused()
    keys.press("Escape")
    expect(button).to_be_focused()
    keys.press("Enter")
    expect(closed.menu.get_by_role("searchbox")).to_be_focused()
    keys.type("pulizia da confermare")
    expect(closed.menu.get_by_role("radio")).to_have_count(1)
    keys.press("ArrowDown")
    keys.press("Control+Enter")
    expect(closed.message("Riesce a risponderci entro sera?")).to_be_visible()
    expect(closed.menu).to_have_count(0)


def test_what_meta_refused_is_corrected_and_sent_again_in_its_place(inbox: Inbox) -> None:
    page = inbox.page
    page.goto("/templates")
    refused = page.get_by_role("listitem").filter(has_text="document_check")
    expect(refused).to_contain_text("il testo sembra una truffa")
    refused.get_by_role("button", name="Correggi e invia di nuovo").click()

    text = page.get_by_role("textbox", name="Testo")
    expect(text).to_have_value(re.compile("foto del documento"))
    expect(page.get_by_text("il testo sembra una truffa")).to_be_visible()
    expect(page.get_by_text("document_check_2")).to_be_visible()
    text.fill("Buongiorno, per il check-in ci mancano alcune cose. Ci risponde qui?")
    page.reload()
    expect(text).to_have_value(re.compile("ci mancano alcune cose"))
    _next(page)
    page.get_by_role("button", name="Salva e invia a Meta").click()

    rows = page.get_by_role("listitem").filter(has_text="document_check")
    expect(rows.filter(has_text="ci mancano alcune cose")).to_contain_text("Accettata")
    expect(rows).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="document_check")).to_contain_text(
        "«document_check» è stato accettato"
    )
    page.get_by_role("button", name="Crea modello").click()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)


def test_the_keyboard_alone_deletes_a_template_and_does_not_lose_its_place(inbox: Inbox) -> None:
    page = inbox.page
    page.goto("/templates")
    row = page.get_by_role("listitem").filter(has_text="old_welcome")
    button = row.get_by_role("button", name="Elimina old_welcome")
    button.focus()
    page.keyboard.press("Enter")
    question = page.get_by_role("alertdialog", name="Eliminare «old_welcome»?")
    expect(question.get_by_role("button", name="Annulla")).to_be_focused()
    page.keyboard.press("Enter")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(question.get_by_role("button", name="Annulla")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row).to_have_count(0)
    expect(page.get_by_role("heading", name="Modelli di WhatsApp")).to_be_focused()


def test_the_wizard_says_what_to_mend_and_keeps_what_was_typed(inbox: Inbox, faults: Site) -> None:
    page = inbox.page
    page.goto("/templates/new")
    _choose_utility(page)
    _next(page)
    for text, problem in (
        ("Buongiorno {{1}}", "Le graffe {{ }} servono per le variabili"),
        ("Guardi su www.casedelsole.example", "togli l'indirizzo"),
        ("{{1}}, www.casedelsole.example", "Le graffe {{ }} servono per le variabili"),
        ("www.casedelsole.example, {{1}}", "togli l'indirizzo"),
        ("x" * 1025, "Il testo è troppo lungo"),
        (
            "Buongiorno, abbiamo una cosa da dirle sul suo soggiorno. Ci risponde qui?",
            "Un altro modello in questa lingua dice la stessa cosa",
        ),
    ):
        _write(page, "Prova", text)
        expect(page.get_by_role("alert")).to_contain_text(problem)
    _write(page, "Prova", "Buongiorno, approfitti dello sconto")
    expect(page.get_by_text("suona come pubblicità").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("textbox", name="Testo")).to_have_value(
        "Buongiorno, approfitti dello sconto"
    )
    _next(page)
    faults.break_meta(templates=["2388019"])
    page.get_by_role("button", name="Salva e invia a Meta").click()
    expect(page.get_by_role("alert").last).to_contain_text("il numero massimo di modelli")
    expect(page.get_by_label("Come lo vedrà chi lo riceve")).to_contain_text("approfitti")
