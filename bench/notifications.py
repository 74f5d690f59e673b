"""A webhook → so many devices notified: `python -m bench.notifications [how many devices]`.

So many devices (50) of the demo account are notified, each with a tab open over a real socket and a
browser that subscribed at a push service on this machine. Signed webhooks come, each a message; the
clock stops when the last tab has the notice, and when the push service has the last push. Beside it
what the push service alone takes for as many requests, one after another: the floor.
"""

import asyncio
import json
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

import httpx

from bench.live import _sign_in, _tab
from bench.paint import SECRET, post
from tests.support.patience import PATIENCE
from tests.support.servers.local_web import CERTIFICATE, SERVER, LocalWeb, local_web
from tests.support.servers.push_service import Browser, PushService
from tests.support.servers.serving import Served, serving

DEVICES, MESSAGES = 50, 10
PAGE_MS, PUSH_MS = 1000, 2000


async def main(count: int) -> None:
    """Print the figures; exit code 1 when one misses its target."""
    with tempfile.TemporaryDirectory() as folder, local_web(Path(folder)) as web:
        sandbox = {"SANDBOX": "1", "META_APP_SECRET": SECRET, CERTIFICATE: str(web.certificate)}
        with serving(Path(folder), 0, module=SERVER, **sandbox) as served:
            service = PushService(web)
            cookies = [await _subscribed(served, service.subscribe()) for _ in range(count)]
            pages, pushes = await _measure(served, web, cookies)
        floor = await _floor(web, service.browsers)
    print(f"in the last of {count} pages: p50 {median(pages):.0f} ms, most {max(pages):.0f} ms")
    print(f"at the push service, the last of {count}: p50 {median(pushes):.0f} ms,", end=" ")
    print(f"most {max(pushes):.0f} ms; the service alone {floor:.0f} ms,", end=" ")
    print(f"ratio {median(pushes) / floor:.1f}")
    print(f"targets {PAGE_MS} and {PUSH_MS} ms ({MESSAGES} messages)")
    sys.exit(max(pages) > PAGE_MS or max(pushes) > PUSH_MS)


async def _subscribed(served: Served, browser: Browser) -> str:
    """A device more; its cookie."""
    cookie = await _sign_in(served)
    headers = {"Origin": served.url, "Cookie": cookie}
    async with httpx.AsyncClient(base_url=served.url, headers=headers) as http:
        answer = await http.put("/notifications/device", json=browser.subscription())
        answer.raise_for_status()
    return cookie


async def _measure(
    served: Served, web: LocalWeb, cookies: list[str]
) -> tuple[list[float], list[float]]:
    """Milliseconds from the sending of a webhook until all have heard: pages, pushes."""
    pages: list[float] = []
    pushes: list[float] = []
    async with AsyncExitStack() as stack, httpx.AsyncClient() as meta:
        tabs = [await stack.enter_async_context(_tab(served, cookie)) for cookie in cookies]
        for number in range(MESSAGES + 1):
            await asyncio.sleep(1.5)
            before, mark = len(web.asked), f"bench-notice-{number}."
            # A row of the list has the same words: only a notice has them as its body.
            heard = [asyncio.create_task(tab.hear(f'"body":{json.dumps(mark)}')) for tab in tabs]
            began = time.perf_counter()
            await post(meta, served, mark)
            all_pushed = asyncio.create_task(_pushed(web, before + len(cookies)))
            pages.append(1000 * (max(await asyncio.gather(*heard)) - began))
            pushes.append(1000 * (await all_pushed - began))
    return pages[1:], pushes[1:]


async def _pushed(web: LocalWeb, count: int) -> float:
    """When the service had so many."""
    async with asyncio.timeout(PATIENCE):
        while len(web.asked) < count:  # noqa: ASYNC110 - another thread adds to it
            await asyncio.sleep(0.005)
    return time.perf_counter()


async def _floor(web: LocalWeb, browsers: list[Browser]) -> float:
    trusting = web.trusting()
    began = time.perf_counter()
    for browser in browsers:
        # A connection each, as to services of many makers.
        async with httpx.AsyncClient(verify=trusting) as http:
            await http.post(browser.endpoint.replace("calendars.example.com", "localhost"))
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else DEVICES))
