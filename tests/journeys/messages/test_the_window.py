"""The 24 hours in which one may answer: how they end and begin again before one's eyes
(W2, W5, W6, B11, B12)."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.devices import Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import Site


def test_a_closed_window_gives_its_reason_and_opens_with_the_next_message(
    inbox: Inbox, devices: Devices
) -> None:
    inbox.open("Giuseppe Ferrari")
    expect(inbox.thread).to_contain_text("La finestra di 24 ore si è chiusa")
    expect(inbox.thread.get_by_role("button", name="Invia modello")).to_be_visible()
    expect(inbox.box).to_have_count(0)
    why = inbox.thread.get_by_text("Perché non posso inviare messaggi di testo?")
    why.click()
    expect(inbox.thread).to_contain_text("nelle 24 ore dopo l'ultimo messaggio")

    devices.phone().of("Giuseppe Ferrari").write("Eccomi, mi dica")
    expect(inbox.box).to_be_visible()
    expect(inbox.thread.get_by_role("timer")).to_contain_text("23 h 59 min")
    inbox.page.bring_to_front()
    inbox.answer("Buongiorno Giuseppe!")
    expect(inbox.message("Buongiorno Giuseppe!")).to_contain_text("Letto")


def test_who_has_never_written_can_only_be_sent_a_template(inbox: Inbox) -> None:
    inbox.row("Elettrica Murgia").get_by_role("link").click()
    expect(inbox.thread).to_contain_text("Non ha ancora scritto a questo numero")
    expect(inbox.thread.get_by_role("button", name="Invia modello")).to_be_visible()


def test_the_countdown_follows_the_clock_to_its_end_where_the_focus_is_handed_on(
    inbox: Inbox, phone: Phone, clock: Site
) -> None:
    phone.write("Buonanotte")
    inbox.open(phone.name)
    clock.move_clock(timedelta(hours=23, minutes=30))
    expect(inbox.thread.get_by_role("timer")).to_contain_text("29 min")
    expect(inbox.row(phone.name)).to_contain_text("29 min")
    inbox.page.get_by_role("button", name="In scadenza").click()
    expect(inbox.row(phone.name)).to_be_visible()

    clock.move_clock(timedelta(minutes=29))
    expect(inbox.thread.get_by_role("timer")).to_contain_text(re.compile(r"\d s$"))
    inbox.box.press_sequentially("Un attimo")
    clock.move_clock(timedelta(minutes=1))
    closed = inbox.thread.get_by_role("status", name="La finestra di 24 ore si è chiusa")
    expect(closed).to_be_focused()
    phone.write("Buongiorno")
    expect(inbox.box).to_have_value("Un attimo")


def test_one_alert_warns_before_a_window_closes_on_somebody_who_waits(
    inbox: Inbox, site: Site
) -> None:
    site.receive("+393501239876", "Ci siete?", ago=timedelta(hours=23, minutes=56))
    alert = inbox.conversations.get_by_role("alert").filter(has_text="+39 350 123 9876")
    expect(alert).to_contain_text("aspetta risposta")
    alert.get_by_role("link").click()
    inbox.answer("Eccoci")
    expect(alert).to_have_count(0)
