"""Delivers webhooks as Meta does: signed, and again until they get their 200."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import httpx

from inbox_app.sandbox.simulator import wire
from inbox_app.sandbox.simulator.callbacks import Callbacks

PAUSES = (0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300)
"""Seconds between deliveries. Meta goes on for seven days."""


class WebhookSender:
    """Holds what is still to be delivered; `close` drops it. `url` is the app's own address."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        url: str,
        secret: str,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._http, self._secret, self._pauses = http, secret, pauses
        self.callbacks = Callbacks(http, url)
        self._going: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Have `work` done beside everything else."""
        task = asyncio.get_running_loop().create_task(work)
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    async def deliver(self, body: wire.Json) -> bool:
        """One delivery now, whether it got its 200; repeated in the background when it did not."""
        url, raw = self.callbacks.address_of(body), wire.encode(body)
        arrived = await self._post(url, raw)
        if not arrived:
            self.begin(self._repeat(url, raw))
        return arrived

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while self._going:
            await asyncio.gather(*self._going, return_exceptions=True)

    async def close(self) -> None:
        """Drop what is under way."""
        for task in self._going:
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)

    async def _repeat(self, url: str, raw: bytes) -> None:
        for pause in self._pauses:
            await asyncio.sleep(pause)
            if await self._post(url, raw):
                return

    async def _post(self, url: str, raw: bytes) -> bool:
        headers = wire.signed(raw, self._secret)
        try:
            response = await self._http.post(url, content=raw, headers=headers)
        except httpx.HTTPError:
            return False
        return response.status_code == httpx.codes.OK
