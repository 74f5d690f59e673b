"""Somebody is invited, comes in, is given more to do, and is put out (X1)."""

import re
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.journeys.devices import ADMIN as OF_THE_DEMO
from tests.journeys.devices import AGENT, Devices
from tests.journeys.site import Site

ADMIN = "admin-of-people@example.com"


def test_a_colleague_is_invited_comes_in_and_is_put_out_at_once(
    devices: Devices, site: Site
) -> None:
    admin = devices.signed_in(site.make_company(ADMIN), "/settings")
    admin.get_by_role("button", name="Gestisci le persone").click()
    email = f"luca-{uuid4().hex[:8]}@example.com"
    _invite(admin, "anna@example.com")
    expect(admin.get_by_role("alert")).to_contain_text("Qualcuno usa già questa e-mail")
    expect(admin.get_by_label("E-mail")).to_have_value("anna@example.com")
    _invite(admin, email)
    expect(admin.get_by_label("E-mail")).to_have_value("")

    luca = devices.new()
    luca.goto(_link(admin, email, "Crea il link d'invito"))
    luca.get_by_label("Il tuo nome").fill("Luca Bianchi")
    luca.get_by_label("Password").fill("una password di Luca")
    luca.get_by_role("button", name="Entra").click()
    expect(luca.get_by_role("navigation", name="Sezioni")).to_be_visible()
    assert "#" not in luca.url

    role = _row(admin, email).get_by_label("Ruolo di")
    role.select_option("admin")
    expect(role).to_have_value("admin")
    luca.goto("/people")
    expect(luca.get_by_role("heading", name="Invita qualcuno")).to_be_visible()
    expect(_row(luca, email)).to_contain_text("Tu")

    _row(admin, email).get_by_role("button", name="Disattiva…").click()
    admin.get_by_role("alertdialog").get_by_role("button", name="Disattiva").click()
    expect(luca).to_have_url(re.compile("/login"))
    expect(_row(admin, email)).to_contain_text("Disattivato")


def test_a_password_is_changed_and_other_devices_are_out(devices: Devices, site: Site) -> None:
    mine = "owner-of-devices@example.com"
    desk = devices.signed_in(site.make_company(mine), "/settings")
    phone = devices.signed_in(mine, "/settings")
    desk.reload()
    expect(desk.get_by_role("listitem").filter(has_text="Dispositivo sconosciuto")).to_have_count(2)
    desk.get_by_label("Password attuale").fill("demo-inbox")
    desk.get_by_label("Nuova password").fill("un'altra password")
    desk.get_by_role("button", name="Cambia password").click()
    expect(desk.get_by_text("La password è cambiata")).to_be_visible()
    expect(phone).to_have_url(re.compile("/login"))


def test_who_is_no_admin_is_sent_to_one(devices: Devices) -> None:
    page = devices.signed_in(AGENT, "/people")
    expect(page.get_by_text("Per gli amministratori")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_count(0)


def _invite(page: Page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Invita", exact=True).click()


def _row(page: Page, email: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=email)


def _link(page: Page, email: str, button: str) -> str:
    _row(page, email).get_by_role("button", name=button).click()
    return _row(page, email).get_by_role("textbox").input_value()


def test_what_was_done_is_downloaded(devices: Devices) -> None:
    page = devices.signed_in(OF_THE_DEMO, "/settings/audit")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Scarica come CSV").click()
    assert saved.value.suggested_filename == "audit.csv"
