"""Own stays within ten minutes: a portal's calendar is pasted, and who writes is found by it (A4,
A5)."""

from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.journeys.devices import Devices
from tests.journeys.site import Site
from tests.support.samples.calendars import calendar, event
from tests.support.servers.local_web import Page as WebPage

PATH = "/calendar/ical/7.ics?t=averysecrettoken"
AIRBNB = "-//Airbnb Inc//Hosting Calendar 1.0//EN"


def _stay(uid: str, in_days: int, code: str, ending: str) -> str:
    arrival = date.today() + timedelta(days=in_days)  # noqa: DTZ011 - any day about now will do
    details = (
        f"DESCRIPTION:Reservation URL: https://www.airbnb.com/hosting/reservations/details/{code}"
        f"\\nPhone Number (Last 4 Digits): {ending}"
    )
    return event(
        "Reserved",
        details,
        uid=uid,
        from_day=f"{arrival:%Y%m%d}",
        to_day=f"{arrival + timedelta(days=4):%Y%m%d}",
    )


def _editor(page: Page, home: str) -> Locator:
    page.get_by_label("Cerca alloggi").fill(home)
    page.get_by_role("listitem").get_by_role("button", name=home).first.click()
    form = page.get_by_role("dialog", name="Modifica alloggio")
    expect(form.get_by_label("Nome", exact=True)).to_have_value(home)
    return form


def _make_home(page: Page, name: str) -> None:
    page.get_by_role("button", name="Nuovo alloggio").click()
    form = page.get_by_role("dialog", name="Nuovo alloggio")
    form.get_by_label("Nome", exact=True).fill(name)
    expect(form).to_contain_text("Prima salva l'alloggio")
    page.keyboard.press("Enter")
    expect(form).to_be_hidden()


def test_a_calendar_is_looked_into_kept_and_tells_who_the_unknown_number_is(
    devices: Devices, site: Site
) -> None:
    block = event("Airbnb (Not available)", uid="b", from_day="20270501", to_day="20270601")
    first = _stay("a", 2, "HMABCD1234", "7316")
    site.web.pages[PATH] = WebPage(calendar(first, block, prodid=AIRBNB))
    page = devices.signed_in("demo@example.com", "/accommodations")
    _make_home(page, "Trullo del Calendario")
    form = _editor(page, "Trullo del Calendario")
    box = form.get_by_label("Indirizzo iCal")

    for wrong, why in (
        ("http://calendars.example.com/x.ics", "deve cominciare con https"),
        ("https://192.168.1.1/x.ics", "rete privata"),
        (site.web.url("/nothing.ics"), "non conosce più"),
    ):
        box.fill(wrong)
        box.press("Enter")
        expect(form.get_by_role("status").filter(has_text=why)).to_be_visible()
        expect(box).to_have_value(wrong)

    box.fill(site.web.url(PATH))
    form.get_by_role("button", name="Leggi ora").click()
    found = form.get_by_role("status").filter(has_text="Airbnb")
    expect(found).to_contain_text("1 soggiorno in arrivo · 1 periodo chiuso")
    expect(found).to_contain_text("HMABCD1234")
    found.get_by_role("button", name="Aggiungi il calendario").click()
    row = form.get_by_role("list", name="Calendari dei portali (iCal)").get_by_role("listitem")
    expect(row).to_contain_text("1 soggiorno in arrivo, 1 nuovo")
    expect(box).to_have_value("")
    assert "averysecrettoken" not in page.content()

    site.receive("+393405557316", "Buongiorno, a che ora possiamo arrivare?", name="annie")
    inbox = devices.inbox()
    inbox.open("+39 340 555 7316")
    inbox.thread.get_by_role("button", name="Altre azioni").click()
    inbox.page.get_by_role("menuitem", name="Aggiungi esistente").click()
    existing = inbox.page.get_by_role("dialog", name="Aggiungi esistente")
    suggestion = existing.locator("[data-choice]").first
    expect(suggestion).to_contain_text("Stesse ultime quattro cifre")
    expect(suggestion).to_contain_text("HMABCD1234")
    suggestion.click()
    expect(inbox.reservation).to_contain_text("Trullo del Calendario")
    expect(inbox.reservation).to_contain_text("HMABCD1234")
    nights = inbox.reservation.locator(".stay-dates")
    before = nights.inner_text()

    site.web.pages[PATH] = WebPage(calendar(_stay("a", 5, "HMABCD1234", "7316"), prodid=AIRBNB))
    row.get_by_role("button", name="Leggi ora").click()
    expect(row).to_contain_text("1 cambiato")
    expect(nights).not_to_have_text(before)

    row.get_by_role("button", name="Togli").click()
    row.get_by_role("button", name="Togli", exact=True).click()
    expect(row).to_have_count(0)
    expect(inbox.reservation).to_be_hidden()


def test_a_file_is_read_and_one_that_was_cut_short_changes_nothing(devices: Devices) -> None:
    page = devices.signed_in("demo@example.com", "/accommodations")
    _make_home(page, "Casa dei File")
    form = _editor(page, "Casa dei File")
    whole = calendar(_stay("f", 9, "HMFILE1234", "0000"), prodid=AIRBNB)
    chooser = form.locator("input[type=file]")
    chooser.set_input_files({"name": "a.ics", "mimeType": "text/calendar", "buffer": whole[:90]})
    expect(form).to_contain_text("Il file è incompleto")
    chooser.set_input_files({"name": "a.ics", "mimeType": "text/calendar", "buffer": whole})
    expect(form).to_contain_text("Letto: 1 soggiorno nuovo.")
    row = form.get_by_role("list", name="Calendari dei portali (iCal)").get_by_role("listitem")
    expect(row).to_contain_text("a.ics")
