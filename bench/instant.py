"""Key and click → on screen, without the server: `python -m bench.instant`.

The server as `bin/run` serves it, in sandbox mode with the demo account, behind a network that
has just been lost: what is measured is our own time. Enter → the bubble in the page; a click on a
thread seen before → its name and messages in the page. Beside each the next frame painted.
"""

import asyncio
import tempfile
from pathlib import Path
from statistics import quantiles

from playwright.async_api import Page, async_playwright

from tests.support.machine import chromium
from tests.support.serving import serving

TIMES = 40
ENTER_TARGET_MS = 16
CLICK_TARGET_MS = 30

_ENTER = """async (number) => {
  const box = document.querySelector("#message-box");
  const log = document.querySelector("[role=log]");
  const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
  value.set.call(box, `bench ${number}`);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((go) => setTimeout(go, 50));
  const began = performance.now();
  const there = new Promise((go) => {
    const watch = new MutationObserver(() => {
      if (!log.innerText.includes(`bench ${number}`)) return;
      watch.disconnect();
      go(performance.now() - began);
    });
    watch.observe(log, { subtree: true, childList: true });
  });
  const enter = { key: "Enter", bubbles: true, cancelable: true };
  box.dispatchEvent(new KeyboardEvent("keydown", enter));
  const own = await there;
  await new Promise((go) => requestAnimationFrame(() => setTimeout(go, 0)));
  return [own, performance.now() - began];
}"""

_CLICK = """async (name) => {
  const rows = [...document.querySelectorAll("[data-conversation]")];
  const row = rows.find((each) => each.innerText.includes(name));
  const named = () => document.querySelector("#messages h1")?.innerText.includes(name);
  const began = performance.now();
  row.click();
  while (!named() || !document.querySelector("[data-message]")) {
    await new Promise((go) => setTimeout(go, 0));
    if (performance.now() - began > 3000) throw new Error("not there");
  }
  const own = performance.now() - began;
  await new Promise((go) => requestAnimationFrame(() => setTimeout(go, 0)));
  return [own, performance.now() - began];
}"""
_TWO = ("Ada Bianchi", "Marie Lefèvre")


async def main() -> None:
    """Print the figures; what does not appear ends the run with an error."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), 0, SANDBOX="1") as served:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox"]
            )
            page = await browser.new_page(base_url=served.url, locale="it-IT")
            await _open_both(page)
            await page.context.set_offline(True)
            clicks = [await page.evaluate(_CLICK, _TWO[at % 2]) for at in range(TIMES)]
            enters = [await page.evaluate(_ENTER, at) for at in range(TIMES)]
            await browser.close()
    _tell("Enter to bubble", enters, ENTER_TARGET_MS)
    _tell("click to a thread seen before", clicks, CLICK_TARGET_MS)


async def _open_both(page: Page) -> None:
    await page.goto("/login")
    await page.get_by_label("E-mail").fill("demo@example.com")
    await page.get_by_label("Password").fill("demo-inbox")
    await page.get_by_role("button", name="Accedi").click()
    for name in _TWO:
        await page.get_by_role("listitem").filter(has_text=name).get_by_role("link").first.click()
        await page.get_by_role("heading", level=1).filter(has_text=name).wait_for()


def _tell(what: str, taken: list[list[float]], target: int) -> None:
    own, painted = ([each[at] for each in taken] for at in (0, 1))
    p95 = quantiles(own, n=100)[94]
    print(
        f"{what}: own p50 {quantiles(own, n=100)[49]:.1f} ms, p95 {p95:.1f} ms; "
        f"painted p95 {quantiles(painted, n=100)[94]:.1f} ms ({len(taken)})"
    )
    print(f"p95 target {target} ms: {'reached' if p95 < target else 'MISSED'}")


if __name__ == "__main__":
    asyncio.run(main())
