"""A new installation with a Meta app of its own: first account, first number, out and in again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import create_engine, text

from tests.journeys.site import Site
from tests.support.servers.serving import Served, serving

PASSWORD = "long enough"
EMAIL = "marta@casedelsole.it"


@pytest.fixture
def served(site: Site, tmp_path: Path) -> Iterator[Served]:
    """Nothing in it yet. `site` is asked for because the pages must be built once only."""
    assert site
    with serving(tmp_path, SANDBOX="0", META_APP_SECRET="the app secret") as served:
        yield served


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(base_url=served.url, locale="it-IT")
    yield context.new_page()
    context.close()


def test_from_the_first_account_to_the_first_number(page: Page, tmp_path: Path) -> None:
    _set_up(page)
    centre = page.get_by_role("region", name="Messaggi")
    expect(centre.get_by_role("button", name="Connetti account")).to_be_visible()
    _connect_elsewhere(tmp_path)
    expect(page.get_by_text("Connetti account")).to_have_count(0)
    page.goto("/setup")
    expect(page).not_to_have_url("/setup")
    expect(page.get_by_label("Azienda")).to_have_count(0)


def test_out_and_in_again_where_one_was_going(page: Page) -> None:
    _set_up(page)
    page.get_by_role("button", name="Profilo").click()
    page.get_by_role("menuitem", name="Esci").click()
    expect(page.get_by_role("button", name="Accedi")).to_be_visible()
    page.goto("/settings")
    _sign_in(page, EMAIL, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("non è corretta")
    expect(page.get_by_label("E-mail")).to_have_value(EMAIL)
    _sign_in(page, EMAIL, PASSWORD)
    expect(page).to_have_url("/settings")


def _set_up(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Azienda").fill("Case del Sole")
    page.get_by_label("Il tuo nome").fill("Marta")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Crea l'account").click()
    expect(page.get_by_role("button", name="Profilo")).to_be_visible()


def _sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Accedi").click()


def _connect_elsewhere(data_dir: Path) -> None:
    """As `bin/inbox connect` leaves it, in a process that cannot tell the server's."""
    rows = {
        "connection": {
            "id": 1,
            "account_id": 1,
            "channel": "whatsapp",
            "external_id": "1",
            "display_address": "+39 0541 555100",
            "display_name": "",
            "credentials_encrypted": "",
            "state": "active",
            "state_reason": "",
            "created_at": "2026-11-23 10:00:00.000000",
        },
        "whatsapp_number": {
            "account_id": 1,
            "connection_id": 1,
            "waba_id": "2",
            "contract_accepted_at": "2026-11-23 10:00:00.000000",
            "contract_version": "1",
            "pin_encrypted": "",
        },
    }
    engine = create_engine(f"sqlite:///{data_dir / 'inbox.db'}")
    with engine.begin() as connection:
        for table, columns in rows.items():
            names = ", ".join(columns)
            places = ", ".join(f":{name}" for name in columns)
            statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - names of ours
            connection.execute(text(statement), columns)
    engine.dispose()
