"""A message arrives, somebody answers, the ticks come back (X5, M6)."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.devices import DESKTOP, HANDHELD, Devices, Screen
from tests.journeys.inbox import Inbox
from tests.journeys.site import PASSWORD

TICKS = ["In coda", "Inviato", "Consegnato", "Letto"]


@pytest.mark.parametrize("screen", [DESKTOP, HANDHELD], ids=["desktop", "handheld"])
def test_a_new_user_sees_a_message_arrive_and_answers_it(devices: Devices, screen: Screen) -> None:
    page = devices.new(screen)
    page.goto("/")
    page.get_by_label("E-mail").fill("demo@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Accedi").click()
    inbox, phone = Inbox(page), devices.phone()

    phone.write("Buonasera, siamo alla stazione")
    row = inbox.row(phone.name)
    expect(row).to_contain_text("Buonasera, siamo alla stazione")
    expect(row).to_contain_text("1 non letto")
    expect(row).to_contain_text("Finestra per rispondere: 23 h")
    expect(inbox.conversations.get_by_role("listitem").first).to_contain_text(phone.name)

    inbox.open(phone.name)
    inbox.follow_ticks()
    inbox.answer("Veniamo a prendervi")
    expect(inbox.message("Veniamo a prendervi")).to_contain_text("Letto")
    ticks = inbox.ticks_followed()
    assert ticks == [tick for tick in TICKS if tick in ticks]
    expect(inbox.box).to_have_value("")
    expect(phone.message("Veniamo a prendervi")).to_be_visible()


def test_the_demo_has_a_conversation_in_each_state_of_the_window(inbox: Inbox) -> None:
    expect(inbox.row("Emma Taylor")).to_contain_text(re.compile(r"\d+ h"))
    expect(inbox.row("Ada Bianchi")).to_contain_text(re.compile(r"\d h \d\d"))
    expect(inbox.row("Paola Conti")).to_contain_text("min")
    expect(inbox.row("Giuseppe Ferrari")).to_contain_text("Chiusa")
    expect(inbox.row("Elettrica Murgia")).to_contain_text("Ancora nessun messaggio")


def test_read_comes_back_when_the_phone_opens_the_chat(inbox: Inbox, devices: Devices) -> None:
    phone = devices.phone()
    phone.write("Avete un seggiolone?")
    inbox.open(phone.name)
    number = phone.number
    phone.of("Tommaso")
    inbox.answer("Sì, lo portiamo domani")
    answer = inbox.message("Sì, lo portiamo domani")
    expect(answer).to_contain_text("Consegnato")
    expect(answer).not_to_contain_text("Letto")

    phone.of(number)
    expect(phone.message("Sì, lo portiamo domani")).to_be_visible()
    expect(answer).to_contain_text("Letto")
