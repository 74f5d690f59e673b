"""Two people, and two devices of one person, at the same inbox at once (M7, X1)."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.devices import AGENT, HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone


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
