"""Two people, and two devices of one person, at the same inbox at once (M7, X1)."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.devices import AGENT, HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import Site


@pytest.fixture
def colleague(devices: Devices) -> Inbox:
    """The agent's inbox, in another browser."""
    return devices.inbox(AGENT)


def test_two_people_see_the_same_without_asking_again(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    phone.write("C'è posto per la moto?")
    for everybody in (inbox, colleague):
        expect(everybody.row(phone.name)).to_contain_text("C'è posto")
        expect(everybody.row(phone.name)).to_contain_text("1 non letto")

    inbox.open(phone.name)
    colleague.open(phone.name)
    for everybody in (inbox, colleague):
        expect(everybody.row(phone.name)).not_to_contain_text("non lett")

    inbox.answer("Sì, nel cortile")
    expect(colleague.message("Sì, nel cortile")).to_contain_text("Giulia Russo")
    expect(colleague.message("Sì, nel cortile")).to_contain_text("Letto")
    expect(colleague.row(phone.name)).to_contain_text("Sì, nel cortile")


def test_each_person_has_read_what_they_have_seen_on_all_their_devices(
    inbox: Inbox, colleague: Inbox, devices: Devices, phone: Phone
) -> None:
    handheld = devices.inbox(screen=HANDHELD)
    everybody = (inbox, handheld, colleague)
    before = {each: _unread(each) for each in everybody}
    phone.write("La chiave è sotto il vaso?")
    for each in everybody:
        expect(each.row(phone.name)).to_contain_text("1 non letto")
        expect(_chip(each)).to_have_text(f"Non lette{before[each] + 1}")

    inbox.open(phone.name)
    inbox.answer("Sì, quello blu")
    for each in (inbox, handheld):
        expect(each.row(phone.name)).not_to_contain_text("non lett")
        expect(_chip(each)).to_have_text(f"Non lette{before[each] or ''}")
    expect(colleague.row(phone.name)).to_contain_text("Sì, quello blu")
    expect(colleague.row(phone.name)).to_contain_text("1 non letto")
    expect(colleague.page).to_have_title(re.compile(rf"^\({before[colleague] + 1}\) "))
    _chip(colleague).click()
    expect(colleague.row(phone.name)).to_be_visible()

    colleague.row(phone.name).click(button="right")
    colleague.page.get_by_role("menuitem", name="Segna come letta").click()
    expect(colleague.row(phone.name)).to_have_count(0)
    expect(_chip(colleague)).to_have_text(f"Non lette{before[colleague] or ''}")


def _chip(inbox: Inbox) -> Locator:
    return inbox.page.get_by_role("button", name=re.compile("^Non lette"))


def _unread(inbox: Inbox) -> int:
    inbox.is_there()
    return int(re.sub(r"\D", "", _chip(inbox).inner_text()) or 0)


def test_who_writes_at_the_same_time_does_not_disturb_the_other(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    phone.write("Il codice del Wi-Fi?")
    inbox.open(phone.name)
    colleague.open(phone.name)
    colleague.box.fill("Lo cerco subi")
    expect(inbox.others).to_contain_text("Anna sta scrivendo…")
    inbox.answer("È sul frigorifero")
    inbox.page.get_by_role("button", name="Prosegui comunque").click()
    expect(colleague.message("È sul frigorifero")).to_be_visible()
    expect(colleague.box).to_have_value("Lo cerco subi")
    expect(inbox.box).to_have_value("")


def test_a_draft_survives_a_reload_and_waits_on_the_other_device(
    inbox: Inbox, devices: Devices, phone: Phone
) -> None:
    phone.write("Quanto costa il parcheggio?")
    inbox.open(phone.name)
    inbox.box.fill("Il parcheggio è")
    expect(inbox.row(phone.name)).to_contain_text("Bozza")
    inbox.page.reload()
    expect(inbox.box).to_have_value("Il parcheggio è")

    handheld = devices.inbox(screen=HANDHELD)
    expect(handheld.row(phone.name)).to_contain_text("Il parcheggio è")
    handheld.open(phone.name)
    expect(handheld.box).to_have_value("Il parcheggio è")
    handheld.answer("Il parcheggio è gratuito")
    expect(handheld.message("Il parcheggio è gratuito")).to_be_visible()
    expect(inbox.row(phone.name)).not_to_contain_text("Bozza")


def test_two_tabs_of_one_person_hold_the_same_draft_and_the_one_that_types_is_left_alone(
    inbox: Inbox, phone: Phone
) -> None:
    phone.write("A che ora apre la piscina?")
    inbox.open(phone.name)
    beside = Inbox(inbox.page.context.new_page())
    beside.page.goto(inbox.page.url)
    inbox.page.bring_to_front()
    inbox.box.press_sequentially("La piscina ")
    expect(beside.box).to_have_value("La piscina ")

    beside.page.bring_to_front()
    beside.box.press_sequentially("apre alle dieci, ma", delay=60)
    expect(beside.box).to_have_value("La piscina apre alle dieci, ma")
    expect(inbox.box).to_have_value("La piscina apre alle dieci, ma")
    beside.send_button.click()
    expect(inbox.message("La piscina apre")).to_be_visible()
    expect(inbox.box).to_have_value("")


def test_a_draft_is_its_authors_alone(inbox: Inbox, colleague: Inbox, phone: Phone) -> None:
    phone.write("Si può fumare?")
    inbox.open(phone.name)
    inbox.box.fill("Solo in")
    expect(inbox.row(phone.name)).to_contain_text("Bozza")
    colleague.open(phone.name)
    expect(colleague.box).to_have_value("")
    expect(colleague.row(phone.name)).not_to_contain_text("Bozza")


def test_signing_out_ends_all_tabs_of_this_device_and_no_other(
    inbox: Inbox, devices: Devices
) -> None:
    elsewhere = devices.inbox()
    second_tab = Inbox(inbox.page.context.new_page())
    second_tab.page.goto("/")
    second_tab.open("Ada Bianchi")
    second_tab.box.fill("Nessuno deve riceverlo")

    inbox.page.get_by_role("button", name="Profilo").click()
    inbox.page.get_by_role("menuitem", name="Esci").click()
    expect(inbox.page.get_by_role("button", name="Accedi")).to_be_visible()
    expect(second_tab.page.get_by_role("button", name="Accedi")).to_be_visible()

    elsewhere.open("Ada Bianchi")
    expect(elsewhere.message("Nessuno deve riceverlo")).to_have_count(0)
    expect(elsewhere.box).to_be_editable()


def test_a_colleague_is_given_a_conversation_and_told_why_in_a_note_that_never_leaves(
    devices: Devices, inbox: Inbox, phone: Phone
) -> None:
    colleague, page = devices.inbox(AGENT), inbox.page
    phone.write("Il boiler perde")
    inbox.open(phone.name)
    page.get_by_role("button", name="Assegna…").click()
    page.get_by_role("menuitem", name="Anna Riva").click()
    expect(colleague.row(phone.name).get_by_role("img", name="Assegnata a")).to_be_visible()
    inbox.box.fill("Arriviamo")
    page.keyboard.press("Alt+p")
    expect(inbox.send_button).to_be_hidden()
    page.keyboard.type("Chiami tu l'idraulico, @an")
    page.keyboard.press("Enter")
    page.keyboard.type("?")
    page.keyboard.press("Enter")
    expect(inbox.message("Chiami tu l'idraulico, @Anna Riva ?")).to_contain_text("Nota interna")
    page.keyboard.press("Alt+p")
    expect(inbox.box).to_have_value("Arriviamo")
    mentioned = colleague.row(phone.name).get_by_role("img", name="Qualcuno ti ha menzionato")
    expect(mentioned).to_be_visible()
    colleague.lane("Menzioni")
    colleague.open(phone.name)
    expect(mentioned).to_have_count(0)
    expect(phone.page.get_by_text("Chiami tu")).to_have_count(0)


def test_who_looks_and_who_writes_is_seen_and_vanishes_as_they_leave(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    phone.write("Si può arrivare prima?")
    inbox.open(phone.name)
    expect(inbox.others).to_have_count(0)
    colleague.open(phone.name)
    expect(inbox.others).to_contain_text("Anna sta guardando")
    expect(colleague.others).to_contain_text("Giulia sta guardando")

    colleague.box.press_sequentially("Certo")
    expect(inbox.others).to_contain_text("Anna sta scrivendo…")
    colleague.box.clear()
    expect(inbox.others).to_contain_text("Anna sta guardando")

    colleague.open("Ada Bianchi")
    expect(inbox.others).to_have_count(0)
    expect(colleague.others).to_have_count(0)


def test_a_row_says_which_colleagues_are_at_its_conversation(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    phone.write("Si può pagare con la carta?")
    colleague.open(phone.name)
    sign = inbox.row(phone.name).get_by_role("img", name="Anna Riva sta guardando")
    expect(sign).to_be_visible()
    expect(colleague.row(phone.name).get_by_role("img", name="sta guardando")).to_have_count(0)
    colleague.open("Ada Bianchi")
    expect(sign).to_have_count(0)


def test_three_people_at_once_each_see_the_two_others(
    inbox: Inbox, colleague: Inbox, devices: Devices, site: Site, phone: Phone
) -> None:
    phone.write("Possiamo lasciare i bagagli?")
    with site.third_person("leo@example.com", "Leo Conti") as email:
        third = devices.inbox(email, screen=HANDHELD)
        for each in (inbox, colleague, third):
            each.open(phone.name)
        expect(inbox.others).to_contain_text("Anna e Leo stanno guardando")
        expect(colleague.others).to_contain_text("Giulia e Leo stanno guardando")
        expect(third.others).to_contain_text("Anna e Giulia stanno guardando")
        sign = inbox.row(phone.name).get_by_role("img", name="Anna Riva e Leo Conti stanno")
        expect(sign).to_have_text("2")

        colleague.box.fill("Sì, in port")
        third.box.fill("Certo, dal")
        expect(inbox.others).to_contain_text("Anna e Leo stanno scrivendo…")
        third.send_button.tap()
        third.question("Anna sta scrivendo una risposta").get_by_role(
            "button", name="Prosegui comunque"
        ).tap()
        for each in (inbox, colleague, third):
            expect(each.message("Certo, dal")).to_contain_text("Leo Conti")
        colleague.send_button.click()
        answered = colleague.question("Leo ha risposto nel frattempo")
        answered.get_by_role("button", name="Continua a scrivere").click()
        expect(colleague.box).to_have_value("Sì, in port")
        colleague.box.clear()
        third.page.get_by_role("link", name="Torna alle conversazioni").tap()
        expect(inbox.others).to_contain_text("Anna sta guardando")


def test_who_sends_a_template_or_later_while_a_colleague_writes_is_asked_first_too(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    phone.write("C'è il seggiolone?")
    page = inbox.page
    inbox.open(phone.name)
    colleague.open(phone.name)
    colleague.box.fill("Sì, in cam")
    expect(inbox.others).to_contain_text("Anna sta scrivendo…")
    question = inbox.question("Anna sta scrivendo una risposta")

    _more(inbox, "Invia modello")
    inbox.menu.locator(".template-card").filter(has_text="house_rules").click()
    inbox.menu.get_by_role("button", name="Invia", exact=True).click()
    question.get_by_role("button", name="Annulla").click()
    expect(inbox.menu).to_be_visible()
    inbox.menu.get_by_role("button", name="Chiudi").click()

    inbox.box.fill("Le scriviamo domani")
    _more(inbox, "Invia più tardi")
    later = page.get_by_role("dialog", name="Invia più tardi")
    later.get_by_label("Giorno e ora dell'alloggio").fill("2027-03-01T09:00")
    choices = later.get_by_label("Modello da inviare prima")
    rules = choices.locator("option").filter(has_text="house_rules").get_attribute("value")
    choices.select_option(rules)
    later.get_by_role("button", name="Invia più tardi").click()
    question.get_by_role("button", name="Prosegui comunque").click()
    expect(later).to_have_count(0)
    expect(inbox.message("Le scriviamo domani")).to_contain_text("Parte il 1 marzo")
    expect(inbox.log).not_to_contain_text("Le regole della casa")


def _more(inbox: Inbox, what: str) -> None:
    inbox.thread.get_by_role("button", name="Invia qualcos'altro").click()
    inbox.page.get_by_role("menuitem", name=what).click()


def test_who_sends_while_a_colleague_writes_is_asked_first_and_may_go_on(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    # What is told again every few seconds would hide that something was not told at once.
    inbox.page.add_init_script("setInterval = () => 0")
    inbox.page.reload()
    phone.write("Dove si getta il vetro?")
    inbox.open(phone.name)
    colleague.open(phone.name)
    colleague.box.fill("Nel bid")
    expect(inbox.others).to_contain_text("Anna sta scrivendo…")

    inbox.answer("In fondo alla via")
    question = inbox.question("Anna sta scrivendo una risposta")
    question.get_by_role("button", name="Continua a scrivere").click()
    expect(question).to_be_hidden()
    expect(inbox.box).to_be_focused()
    expect(inbox.box).to_have_value("In fondo alla via")
    expect(inbox.message("In fondo alla via")).to_have_count(0)

    inbox.page.keyboard.press("Enter")
    question.get_by_role("button", name="Prosegui comunque").click()
    expect(colleague.message("In fondo alla via")).to_be_visible()
    expect(inbox.box).to_have_value("")
    expect(colleague.others).to_contain_text("Giulia sta guardando")

    inbox.answer("A destra")
    expect(colleague.message("A destra")).to_be_visible()


def test_who_began_before_a_colleague_answered_is_shown_the_answer(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    phone.write("C'è un phon?")
    inbox.open(phone.name)
    colleague.open(phone.name)
    colleague.box.fill("Sì, nel bag")
    expect(inbox.others).to_contain_text("Anna sta scrivendo…")
    inbox.box.fill("Sì, nel cassetto")
    expect(colleague.others).to_contain_text("Giulia sta scrivendo…")

    colleague.send_button.click()
    go_on = colleague.page.get_by_role("button", name="Prosegui comunque")
    expect(colleague.question("Giulia sta scrivendo una risposta")).to_be_visible()
    inbox.send_button.click()
    inbox.page.get_by_role("button", name="Prosegui comunque").click()
    expect(colleague.message("Sì, nel cassetto")).to_be_attached()

    # What came while the question stood is a question of its own.
    go_on.click()
    answered = colleague.question("Giulia ha risposto nel frattempo")
    expect(answered).to_contain_text("Sì, nel cassetto")
    go_on.click()
    expect(inbox.message("Sì, nel bag")).to_be_visible()
