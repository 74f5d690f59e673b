"""What counting down costs the network: `python -m bench.countdown`.

100 conversations whose windows close in a few hours stand in the list of one tab for a minute. The
frames that the socket carried meanwhile (its keep-alive apart) stand beside how often countdown
labels were written anew: as many messages as a server would send that counts for its pages.
"""

import asyncio
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from playwright.async_api import Page, WebSocket, async_playwright

from inbox_app.sandbox.simulator.people import DEMO_NUMBER
from tests.support.machine import chromium
from tests.support.samples import webhook_bodies
from tests.support.servers.serving import Served, serving
from tests.support.tour import have_had_the_tour

ROWS = 100
SECONDS = 60
WROTE_AGO = timedelta(hours=20, minutes=20)
SECRET = "the bench's app secret"  # noqa: S105 - of this run alone
KEEP_ALIVE = frozenset({"2", "3"})

_WATCH = """() => {
  window.written = 0;
  const look = (changes) => (window.written += changes.filter(({ target }) =>
    target.parentElement?.closest(".window-left")).length);
  new MutationObserver(look).observe(document.querySelector("[role=list]"), {
    subtree: true, childList: true, characterData: true,
  });
}"""


async def main() -> None:
    """Print the figures; a single frame misses the target."""
    sandbox = {"SANDBOX": "1", "META_APP_SECRET": SECRET}
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), 0, **sandbox) as served:
        have_had_the_tour(Path(folder))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox"]
            )
            page = await browser.new_page(base_url=served.url, locale="it-IT")
            frames = _counted(page)
            await _fill(served)
            rows = await _open_list(page)
            await page.evaluate(_WATCH)
            frames.clear()
            await asyncio.sleep(SECONDS)
            written = await page.evaluate("window.written")
            await browser.close()
    total = sum(frames.values())
    print(f"{rows} rows on screen for {SECONDS} s: countdown labels written {written} times")
    print(f"frames of the socket: {total} ({dict(frames) or 'none'})")
    print(f"frames per label written: {total / max(written, 1):.3f}")
    print(f"target 0 frames: {'reached' if total == 0 and written >= ROWS else 'MISSED'}")


def _counted(page: Page) -> Counter[str]:
    frames: Counter[str] = Counter()

    def count(direction: str, payload: str | bytes) -> None:
        if str(payload) not in KEEP_ALIVE:
            frames[direction] += 1

    def follow(socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: count("received", payload))
        socket.on("framesent", lambda payload: count("sent", payload))

    page.on("websocket", follow)
    return frames


async def _fill(served: Served) -> None:
    """One webhook with a message of each of 100 people."""
    at = datetime.now(UTC) - WROTE_AGO
    numbers = [f"3935011{number:05}" for number in range(ROWS)]
    change = webhook_bodies.change(
        messages=[
            webhook_bodies.text(f"wamid.bench-{number}", "Buongiorno", at, wa_id=number)
            for number in numbers
        ],
        contacts=[webhook_bodies.contact("", wa_id=number) for number in numbers],
        phone_number_id=DEMO_NUMBER.phone_number_id,
    )
    body = webhook_bodies.post(change)
    signature = {"X-Hub-Signature-256": webhook_bodies.sign(body, SECRET)}
    async with httpx.AsyncClient() as meta:
        url = f"{served.url}/webhooks/whatsapp"
        (await meta.post(url, content=body, headers=signature)).raise_for_status()


async def _open_list(page: Page) -> int:
    """Sign in and scroll on until they are all there; how many there are."""
    await page.goto("/login")
    await page.get_by_label("E-mail").fill("demo@example.com")
    await page.get_by_label("Password").fill("demo-inbox")
    await page.get_by_role("button", name="Accedi").click()
    rows = page.get_by_role("listitem")
    await rows.first.wait_for()
    while (count := await rows.count()) < ROWS:
        await rows.last.scroll_into_view_if_needed()
        await rows.nth(count).wait_for()
    await asyncio.sleep(2)
    return await rows.count()


if __name__ == "__main__":
    asyncio.run(main())
