"""Key and click → on screen, without the server: `python -m bench.instant`.

The server as `bin/run` serves it, in sandbox mode with the demo account, behind a network that
has just been lost. Enter → the bubble in the page; a click on a thread seen before → its name and
messages in the page. Beside each the next frame painted. Keys and clicks are the browser's own.
The targets are for our own time (`bench/support/own_time.py`): the wall's also tells what else the
machine was doing.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from bench.support.own_time import marked, tell, tell_load
from tests.support.machine import chromium
from tests.support.servers.serving import serving
from tests.support.tour import have_had_the_tour

TIMES = 40
PAUSE_MS = 100
ENTER_TARGET_MS = 16
CLICK_TARGET_MS = 30

_WATCH = """() => {
  const mark = () => performance.mark("painted");
  const painted = () => scheduler.postTask(mark, { priority: "user-blocking" });
  const there = () => (performance.mark("there"), requestAnimationFrame(painted));
  const isBubble = (node) => node.dataset?.pending !== undefined;
  let opening = null;
  new MutationObserver((changes) => {
    if (opening !== null) {
      const name = document.querySelector("#messages h1 .truncate")?.textContent;
      if (!name || !opening.includes(name) || !document.querySelector("[data-message]")) return;
      opening = null;
      there();
    } else if (changes.some((change) => [...change.addedNodes].some(isBubble))) there();
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  const before = (kind, act) => window.addEventListener(kind, act, { capture: true });
  before("click", (event) => {
    opening = event.target.closest("[data-conversation]").textContent;
    performance.mark("click");
  });
  before("keydown", (event) => event.key === "Enter" && performance.mark("enter"));
}"""
_TWO = ("Ada Bianchi", "Marie Lefèvre")


async def main() -> None:
    """Print the figures; exit code 1 when one misses its target."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), 0, SANDBOX="1") as served:
        have_had_the_tour(Path(folder))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox"]
            )
            page = await browser.new_page(base_url=served.url, locale="it-IT")
            await _open_both(page)
            await page.context.set_offline(True)
            async with marked(browser, page) as marks:
                await _play(page)
            await browser.close()
    reached = [
        tell("Enter to bubble", marks.between("enter", "there"), ENTER_TARGET_MS),
        tell("Enter to painted", marks.between("enter", "painted")),
        tell("click to a thread seen before", marks.between("click", "there")),
        tell("click to painted", marks.between("click", "painted"), CLICK_TARGET_MS),
    ]
    tell_load()
    sys.exit(not all(reached))


async def _open_both(page: Page) -> None:
    await page.goto("/login")
    await page.get_by_label("E-mail").fill("demo@example.com")
    await page.get_by_label("Password").fill("demo-inbox")
    await page.get_by_role("button", name="Accedi").click()
    for name in _TWO:
        await page.get_by_role("listitem").filter(has_text=name).get_by_role("link").first.click()
        await page.get_by_role("heading", level=1).filter(has_text=name).wait_for()


async def _play(page: Page) -> None:
    await page.evaluate(_WATCH)
    for at in range(TIMES):
        row = page.get_by_role("listitem").filter(has_text=_TWO[at % 2]).get_by_role("link").first
        await row.click()
        await page.wait_for_timeout(PAUSE_MS)
    for at in range(TIMES):
        await page.locator("#message-box").fill(f"bench {at}")
        await page.keyboard.press("Enter")
        await page.wait_for_timeout(PAUSE_MS)


if __name__ == "__main__":
    asyncio.run(main())
