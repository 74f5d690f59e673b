"""Six thousand templates read from Meta: our own time and memory, against a plain script.

    python -m bench.templates [how many]

The plain script does the same work in the least way: it reads the same pages, gives each template
to a dict, compares it with the row that stands and writes what is new to a table of the same
columns, in one transaction of the sqlite3 module. The simulator answers in this process; its time
is taken out of both readings.
"""

import asyncio
import gc
import json
import sqlite3
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import select
from starlette.applications import Starlette
from starlette.routing import Mount

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.graph.templates import FIELDS
from inbox_app.config import settings
from inbox_app.config.settings import SIMULATOR_PATH
from inbox_app.database import Database
from inbox_app.live import InProcess
from inbox_app.models import Account, Connection, WhatsAppNumber
from inbox_app.operating.migrations import migrate
from inbox_app.queries.templates import templates
from inbox_app.runtime import Runtime, open_storage
from inbox_app.sandbox.simulator.graph.app import graph_app
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, TOKEN
from inbox_app.sandbox.simulator.phones import Phones
from inbox_app.sandbox.simulator.simulator import Simulator
from inbox_app.sandbox.simulator.template_store import StoredTemplate, TemplateStore
from inbox_app.sandbox.simulator.webhook_sender import WebhookSender
from inbox_app.vault import Vault
from inbox_app.workflows.templates.refresh_templates import refresh

HOW_MANY = 6_000
PAGE = f"http://meta{SIMULATOR_PATH}/v25.0/{DEMO_NUMBER.waba_id}/message_templates"
PLAIN_TABLE = """CREATE TABLE IF NOT EXISTS template (
    id TEXT PRIMARY KEY, name TEXT, language TEXT, category TEXT, status TEXT,
    body TEXT, footer TEXT
)"""
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


class Timed(httpx.AsyncBaseTransport):
    """Answers in this process, and adds up how long the answering took."""

    def __init__(self, inside: httpx.AsyncBaseTransport) -> None:
        self._inside, self.seconds, self.calls = inside, 0.0, 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        began = time.process_time()
        response = await self._inside.handle_async_request(request)
        body = await response.aread()
        self.seconds += time.process_time() - began
        self.calls += 1
        return httpx.Response(response.status_code, content=body, headers=response.headers)


def store(count: int) -> TemplateStore:
    """Texts of ordinary length, all different."""
    full = TemplateStore()
    for number in range(count):
        text = f"Buongiorno, messaggio {number}: " + "il check-in è dalle 15 alle 19. " * 8
        full.templates.append(
            StoredTemplate(
                waba_id=DEMO_NUMBER.waba_id,
                name=f"template_{number:05}",
                language="it",
                category="UTILITY",
                components=[{"type": "BODY", "text": text}, {"type": "FOOTER", "text": "Sole"}],
            )
        )
    return full


async def plain(http: httpx.AsyncClient, file: Path) -> int:
    """Every page read, compared and kept, without a rule or a library of ours."""
    headers, url = {"Authorization": f"Bearer {TOKEN}"}, f"{PAGE}?limit=100&fields={FIELDS}"
    found: dict[str, tuple[str, ...]] = {}
    while url:
        page = json.loads((await http.get(url, headers=headers)).content)
        found |= {each["id"]: _row(each) for each in page["data"]}
        url = page.get("paging", {}).get("next")
    with sqlite3.connect(file) as database:
        database.execute(PLAIN_TABLE)
        stands = {row[0]: row for row in database.execute("SELECT * FROM template")}
        changed = [row for key, row in found.items() if stands.get(key) != row]
        database.executemany("REPLACE INTO template VALUES (?, ?, ?, ?, ?, ?, ?)", changed)
    database.close()
    return len(found)


def _row(template: dict[str, Any]) -> tuple[str, ...]:
    names = ("id", "name", "language", "category", "status")
    parts = {part["type"]: part.get("text", "") for part in template["components"]}
    own = (str(template.get(name, "")) for name in names)
    return (*own, parts.get("BODY", ""), parts.get("FOOTER", ""))


async def measure(
    what: str, wire: Timed, work: Callable[[], Awaitable[int]], *, memory: bool = False
) -> float:
    """Seconds of the processor's beside the simulator's; others who are busy do not count."""
    gc.collect()
    wire.seconds, began = 0.0, time.process_time()
    if memory:
        tracemalloc.start()
    count = await work()
    total = time.process_time() - began
    own = total - wire.seconds
    peak = ""
    if memory:
        peak = f", peak {tracemalloc.get_traced_memory()[1] / 1e6:.1f} MB (simulator included)"
        tracemalloc.stop()
    print(f"{what}: {count} templates, {own:.2f} s beside the simulator's {wire.seconds:.2f}{peak}")
    return own


async def first_page(database: Database, account_id: int) -> float:
    """Milliseconds of the list's first page, the best of some."""
    times: list[float] = []
    for _ in range(20):
        began = time.perf_counter()
        async with database.reading() as session:
            await templates.page(session, account_id, limit=50)
            await templates.counts(session, account_id)
        times.append((time.perf_counter() - began) * 1000)
    return min(times)


async def connected(database: Database, vault: Vault) -> int:
    """An account with the simulator's number."""
    async with database.transaction() as session:
        account = Account(name="Bench", created_at=NOW)
        session.add(account)
        await session.flush()
        session.add(
            WhatsAppNumber(
                account_id=account.id,
                connection=Connection(
                    account_id=account.id,
                    channel=WHATSAPP,
                    external_id=DEMO_NUMBER.phone_number_id,
                    credentials_encrypted=vault.encrypt(TOKEN),
                    created_at=NOW,
                ),
                waba_id=DEMO_NUMBER.waba_id,
                contract_accepted_at=NOW,
                contract_version="1",
            )
        )
    async with database.reading() as session:
        return (await session.exec(select(Account.id))).one()


async def main(count: int, folder: Path) -> None:
    """All figures, on the migrated database in `folder`."""
    url = f"sqlite+aiosqlite:///{folder / 'bench.db'}"
    configured = settings.load(None, data_dir=folder, sandbox="1", secret_key="k" * 40)
    nobody = httpx.AsyncClient()
    simulator = Simulator(
        WebhookSender(nobody, "http://us", "s"), Phones(), lambda: NOW, store=store(count)
    )
    wire = Timed(
        httpx.ASGITransport(Starlette(routes=[Mount(SIMULATOR_PATH, graph_app(simulator))]))
    )
    http = httpx.AsyncClient(transport=wire, base_url="http://meta")
    vault = Vault("k" * 40)
    object.__setattr__(configured, "meta_graph_url", f"http://meta{SIMULATOR_PATH}")
    runtime = Runtime(configured, Database(url), vault, InProcess(), http, open_storage(configured))
    account_id = await connected(runtime.database, vault)
    file = folder / "plain.db"
    floor = await measure("plain script", wire, lambda: plain(http, file))
    first = await measure("first reading", wire, lambda: refresh(runtime, account_id, NOW))
    floor_again = await measure("plain script again", wire, lambda: plain(http, file))
    again = await measure("again, no news", wire, lambda: refresh(runtime, account_id, NOW))
    await measure("plain script", wire, lambda: plain(http, file), memory=True)
    await measure("again", wire, lambda: refresh(runtime, account_id, NOW), memory=True)
    print(f"first reading / plain script: {first / floor:.1f} ×, again {again / floor_again:.1f} ×")
    shown = await first_page(runtime.database, account_id)
    print(f"first page of the list with its counts: {shown:.1f} ms")
    await runtime.close()
    await nobody.aclose()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as room:
        migrate(f"sqlite+aiosqlite:///{Path(room) / 'bench.db'}")
        asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else HOW_MANY, Path(room)))
