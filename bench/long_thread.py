"""Click → painted, of a thread with 10,000 messages: `python -m bench.long_thread [how many]`.

The demo account gets the long thread and one with fifty messages. In a tab of Chromium, 30 times in
turns, each is clicked in the list; the clock stops when its newest message is painted. Beside it
stands how many messages are in the page then.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.async_api import Page, async_playwright
from sqlmodel import col, select

from bench.support.seeded import add_rows
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind
from inbox_app.models import Address, Connection, Conversation, LastInbound, Message
from tests.support.machine import chromium
from tests.support.servers.serving import serving
from tests.support.tour import have_had_the_tour

HOW_MANY, FEW, OPENINGS = 10_000, 50, 30
TARGET_MS = 150
FIRST_ID = 1_000_000

_OPEN = """([href, words]) => new Promise((painted) => {
  const began = performance.now();
  const look = () => {
    const last = [...document.querySelectorAll("[role=log] article")].at(-1);
    if (!last?.innerText.includes(words)) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => painted(performance.now() - began), 0));
  };
  const watch = new MutationObserver(look);
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  document.querySelector(`a[href="${href}"]`).click();
})"""


async def main(count: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), SANDBOX="1") as served:
        long, short = await fill(f"sqlite+aiosqlite:///{Path(folder) / 'inbox.db'}", count, FEW)
        have_had_the_tour(Path(folder))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox"]
            )
            page = await browser.new_page(base_url=served.url, locale="it-IT")
            await _sign_in(page)
            taken = await _open_in_turns(page, {long: count, short: FEW})
            shown = await page.locator("[role=log] article").count()
            await browser.close()
    p95 = quantiles(taken[long], n=20)[-1]
    few = median(taken[short])
    print(f"{count} messages: p50 {median(taken[long]):.0f} ms, p95 {p95:.0f} ms; {FEW}: {few:.0f}")
    print(f"ratio {median(taken[long]) / few:.2f}; messages in the page: {shown}")
    print(f"p95 target {TARGET_MS} ms: {'reached' if p95 < TARGET_MS else 'MISSED'}")


async def fill(url: str, *counts: int) -> list[int]:
    """A conversation with each number of messages; their ids."""
    database = Database(url)
    async with database.transaction() as session:
        row = select(Connection).where(col(Connection.external_id) != "")
        connection = (await session.exec(row)).first()
        assert connection is not None  # noqa: S101
        ids: list[int] = []
        for at, count in enumerate(counts, 1):
            ids.append(FIRST_ID * at)
            await add_rows(session, _rows(connection, FIRST_ID * at, count))
    await database.refresh_statistics()
    await database.close()
    return ids


def _rows(connection: Connection, id_: int, count: int) -> dict[Any, Iterable[dict[str, Any]]]:
    now = datetime.now(UTC)
    ours = {"account_id": connection.account_id, "created_at": now}
    here = {"connection_id": connection.id, "account_id": connection.account_id}
    last = id_ + count - 1
    return {
        Address: [{**ours, "id": id_, "channel": WHATSAPP, "value": f"39351{id_}"}],
        Conversation: [
            {**ours, "id": id_, "channel": WHATSAPP, "address_id": id_, "arrived_at": now}
            | {"last_message_id": last, "last_read_id": last}
        ],
        LastInbound: [{**here, "address_id": id_, "last_inbound_at": now}],
        Message: [
            {**ours, **here, "id": id_ + at, "conversation_id": id_, "kind": MessageKind.TEXT}
            | {"direction": Direction.IN if at % 3 else Direction.OUT, "text": _words(id_, at)}
            | {"status": None if at % 3 else DeliveryStatus.READ}
            | {"sent_at": now - timedelta(minutes=count - at)}
            for at in range(count)
        ],
    }


def _words(id_: int, at: int) -> str:
    return f"bench-{id_ + at}: buonasera, arriviamo tardi. Dove troviamo la chiave? Grazie!"


async def _sign_in(page: Page) -> None:
    await page.goto("/login")
    await page.get_by_label("E-mail").fill("demo@example.com")
    await page.get_by_label("Password").fill("demo-inbox")
    await page.get_by_role("button", name="Accedi").click()
    await page.locator(f'a[href="/inbox/{FIRST_ID}"]').wait_for()


async def _open_in_turns(page: Page, counts: dict[int, int]) -> dict[int, list[float]]:
    taken: dict[int, list[float]] = {id_: [] for id_ in counts}
    for _ in range(OPENINGS):
        for id_, count in reversed(counts.items()):
            newest = f"bench-{id_ + count - 1}:"
            taken[id_].append(await page.evaluate(_OPEN, [f"/inbox/{id_}", newest]))
    return taken


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else HOW_MANY))
