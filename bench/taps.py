"""A tap → the next paint, on a processor four times slower: `python -m bench.taps`.

The inbox as a phone shows it, in a tab of Chromium whose processor is slowed, the server on this
machine. A row, the way back and two filters are tapped, again and again; Chromium's Event Timing
tells how long each tap waited until something was painted for it. Beside it the same taps at full
speed.
"""

import asyncio
import re
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

from playwright.async_api import Locator, Page, ViewportSize, async_playwright

from bench.support.own_time import tell_load
from tests.support.machine import chromium
from tests.support.servers.serving import serving
from tests.support.tour import have_had_the_tour

TIMES, SLOWER = 12, 4
TARGET_MS = 200
_PHONE = ViewportSize(width=390, height=844)
_SETTLES_MS, _QUICK_MS = 400, 16
_TWO = ("Ada Bianchi", "Marie Lefèvre")
_WATCH = """() => {
  self.taps = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) {
      if (each.interactionId && each.name === "click") self.taps.push(each.duration);
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
}"""
_TAPPED = "() => self.taps.splice(0)"


async def main() -> None:
    """Print the figures; exit code 1 when the target is missed."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), 0, SANDBOX="1") as served:
        have_had_the_tour(Path(folder))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox"]
            )
            context = await browser.new_context(
                base_url=served.url,
                locale="it-IT",
                viewport=_PHONE,
                is_mobile=True,
                has_touch=True,
            )
            page = await context.new_page()
            await _sign_in(page)
            await _play(page)
            fast = await _play(page)
            devtools = await context.new_cdp_session(page)
            await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            slow = await _play(page)
            await browser.close()
    missed = False
    for what, taken in slow.items():
        most = quantiles(taken, n=20)[-1]
        missed = missed or most >= TARGET_MS
        ratio = median(taken) / median(fast[what])
        print(f"{what}: p50 {median(taken):.0f} ms, p95 {most:.0f} ms,", end=" ")
        print(f"{ratio:.1f} times full speed{' MISSED' * (most >= TARGET_MS)}")
    print(f"target {TARGET_MS} ms ({TIMES} taps each, {SLOWER} times slower)")
    tell_load()
    sys.exit(missed)


async def _sign_in(page: Page) -> None:
    await page.goto("/login")
    await page.get_by_label("E-mail").fill("demo@example.com")
    await page.get_by_label("Password").fill("demo-inbox")
    await page.get_by_role("button", name="Accedi").click()
    await page.locator("[data-conversation]").first.wait_for()
    await page.evaluate(_WATCH)


async def _play(page: Page) -> dict[str, list[float]]:
    """Milliseconds of each tap; one so quick that Chromium tells nothing of it counts as 16."""
    taken: dict[str, list[float]] = {"a row": [], "back": [], "a filter": []}
    filters = page.get_by_role("group", name="Filtri")
    for at in range(TIMES):
        row = page.locator("[data-conversation]").filter(has_text=_TWO[at % 2]).first
        taken["a row"].append(await _tap(page, row))
        await page.locator("[data-message]").first.wait_for()
        back = page.get_by_role("link", name="Torna alle conversazioni")
        taken["back"].append(await _tap(page, back))
        for name in ("Non lette", "Tutte"):
            chip = filters.get_by_role("button", name=re.compile(f"^{name}"))
            taken["a filter"].append(await _tap(page, chip))
    return taken


async def _tap(page: Page, what: Locator) -> float:
    await what.tap()
    await page.wait_for_timeout(_SETTLES_MS)
    return max(await page.evaluate(_TAPPED), default=_QUICK_MS)


if __name__ == "__main__":
    asyncio.run(main())
