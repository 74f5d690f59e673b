"""A second channel on a page: listed under its name, with no window, answered, and told of a fault
(P1, X4).

Nothing of the product knows it: the server's interpreter registers it as it starts."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from inbox_app.database import Database
from inbox_app.models import Account, Connection
from inbox_app.services.intake import store_webhook
from inbox_app.services.intake.store_webhook import RawEvent
from inbox_app.vault import Vault
from tests.journeys.devices import ADMIN, DESKTOP
from tests.journeys.inbox import Inbox
from tests.journeys.site import PASSWORD
from tests.second_channel.mail import MAIL, MAILBOX_FULL, letter
from tests.support.patience import PATIENCE
from tests.support.servers.serving import ROOT, serving
from tests.support.tour import have_had_the_tour

OURS, KEY = "casa@limoni.it", "k" * 40


class Relay(ThreadingHTTPServer):
    """Takes letters; says `code` to each while it has one."""

    code: int | None = None
    taken: list[str]


class _Answers(BaseHTTPRequestHandler):
    server: Relay  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append(told["text"])
        code = self.server.code
        answer = json.dumps({"code": code} if code else {"id": told["ref"]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def relay() -> Iterator[Relay]:
    server = Relay(("127.0.0.1", 0), _Answers)
    server.taken = []
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


async def _a_letter_comes(data_dir: Path, relay: Relay) -> None:
    database = Database(f"sqlite+aiosqlite:///{data_dir / 'inbox.db'}")
    now = datetime.now(UTC)
    async with database.transaction() as session:
        account_id = (await session.exec(select(Account.id))).one()
        session.add(
            Connection(
                account_id=account_id,
                channel=MAIL,
                external_id=OURS,
                display_address=OURS,
                credentials_encrypted=Vault(KEY).encrypt(f"http://127.0.0.1:{relay.server_port}"),
                created_at=now,
            )
        )
    body = letter("nora@example.com", "C'è un parcheggio?", "l-1", OURS, now)
    await store_webhook.store(database.append, MAIL, [RawEvent(body, now)])
    await database.close()


@contextmanager
def signed_in(browser: Browser, url: str, data_dir: Path) -> Iterator[Page]:
    have_had_the_tour(data_dir)
    with httpx.Client(base_url=url, headers={"Origin": url}, timeout=PATIENCE) as client:
        client.post("/auth/sign-in", data={"email": ADMIN, "password": PASSWORD})
        ((name, value),) = client.cookies.items()
    context = browser.new_context(locale="it-IT", base_url=url, **DESKTOP)  # type: ignore[arg-type]
    context.add_cookies([{"name": name, "value": value, "url": url}])
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def test_a_letter_is_shown_under_its_channel_answered_and_retried(
    browser: Browser, relay: Relay, tmp_path: Path
) -> None:
    plugin = tmp_path / "plugin"
    plugin.mkdir()
    plugin.joinpath("sitecustomize.py").write_text(
        "from tests.second_channel.mail import register_mail\nregister_mail()\n"
    )
    started = {"SANDBOX": "1", "SECRET_KEY": KEY, "PYTHONPATH": f"{plugin}:{ROOT}"}
    data = tmp_path / "data"
    with serving(data, 0, **started) as served, signed_in(browser, served.url, data) as page:
        with ThreadPoolExecutor(1) as beside:
            beside.submit(asyncio.run, _a_letter_comes(data, relay)).result()
        inbox = Inbox(page)
        row = inbox.conversations.get_by_role("listitem").filter(has_text="nora@example.com")
        expect(row).to_contain_text("Mail")
        expect(row).to_contain_text("C'è un parcheggio?")
        expect(row).not_to_contain_text("Finestra")
        row.get_by_role("link").click()
        expect(inbox.thread.locator(".thread-head")).to_contain_text("Mail")
        expect(inbox.thread.get_by_role("timer")).to_have_count(0)
        inbox.thread.get_by_role("button", name="Invia qualcos'altro").click()
        expect(page.get_by_role("menuitem", name="Modelli del sistema")).to_be_visible()
        expect(page.get_by_role("menuitem", name="Invia modello")).to_have_count(0)
        page.keyboard.press("Escape")

        relay.code = MAILBOX_FULL
        inbox.box.fill("Sì, davanti alla casa.")
        inbox.box.press("Enter")
        expect(inbox.log).to_contain_text("Mail non ha consegnato questo messaggio.")
        expect(inbox.log).to_contain_text(str(MAILBOX_FULL))
        relay.code = None
        inbox.log.get_by_role("button", name="Riprova").click()
        expect(inbox.log.get_by_title("Inviato").last).to_be_visible()
    assert relay.taken == ["Sì, davanti alla casa."] * 2
