"""A second step is set up, asked for, and stood in for by a recovery code (X1)."""

import re

from playwright.sync_api import Page, expect
from pyotp.totp import TOTP

from tests.journeys.devices import Devices
from tests.journeys.site import PASSWORD, Site


def test_an_app_is_set_up_and_a_recovery_code_opens_another_device(
    devices: Devices, site: Site
) -> None:
    mine = "careful@example.com"
    desk = devices.signed_in(site.make_company(mine), "/settings")
    desk.get_by_role("button", name="Attiva la verifica…").click()
    desk.get_by_label("La tua password").fill(PASSWORD)
    desk.get_by_role("button", name="Continua").click()
    secret = desk.get_by_text(re.compile("^([A-Z2-7]{4} ){7}")).inner_text().replace(" ", "")
    desk.get_by_label("Le sei cifre").fill(TOTP(secret).now())
    desk.get_by_role("button", name="Conferma il codice").click()
    codes = desk.get_by_role("listitem").filter(has_text=re.compile("^.{5}-.{5}$"))
    expect(codes).to_have_count(10)
    code = codes.first.inner_text()
    desk.get_by_role("button", name="Li ho conservati").click()
    expect(desk.get_by_text("Restano 10 codici di recupero")).to_be_visible()
    assert code not in desk.content()

    phone = devices.new()
    phone.goto("/login")
    _sign_in(phone, mine)
    phone.get_by_label("Codice").fill(code)
    phone.get_by_role("button", name="Accedi").click()
    expect(phone.get_by_role("navigation", name="Sezioni")).to_be_visible()


def _sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Accedi").click()
