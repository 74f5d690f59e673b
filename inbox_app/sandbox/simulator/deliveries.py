"""What becomes of a message on its way to a simulated phone, and the statuses that tell of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from inbox_app.sandbox.simulator import wire
from inbox_app.sandbox.simulator.faults import Faults
from inbox_app.sandbox.simulator.graph.errors import Json, error_text
from inbox_app.sandbox.simulator.people import Number
from inbox_app.sandbox.simulator.phones import Chat, PhoneMessage, Phones


@dataclass(frozen=True, slots=True)
class Delays:
    """Seconds that a message takes from step to step, as on a good network."""

    sent: float = 0.25
    delivered: float = 0.5
    read: float = 0.7
    review: float = 4.0
    """Of a template: Meta takes minutes to a day."""


AS_USUAL = Delays()
AT_ONCE = Delays(0, 0, 0, 0)


class Deliveries:
    """Moves messages step by step; what lies open before somebody's eyes is read."""

    def __init__(
        self,
        phones: Phones,
        faults: Faults,
        post: Callable[[Json], Awaitable[bool]],
        now: Callable[[], datetime],
        delays: Delays,
    ) -> None:
        self._phones, self._faults, self._post = phones, faults, post
        self._now, self._delays = now, delays
        self._open: dict[str, tuple[str, str]] = {}

    async def open_chat(self, viewer: str, number: Number, person_key: str) -> None:
        """`viewer` has this chat open on the screen, and no other from now on: what was delivered
        is read, and what comes will be at once."""
        chat = self._phones.chat(number.phone_number_id, person_key)
        self._open[viewer] = (number.phone_number_id, person_key)
        for message in chat.messages:
            if not message.mine and message.status == "delivered":
                await self._tell(number, chat, message, "read")

    def close_chat(self, viewer: str) -> None:
        """`viewer` has no chat open any more."""
        self._open.pop(viewer, None)

    async def deliver(
        self, number: Number, chat: Chat, message: PhoneMessage, failure: int | None
    ) -> None:
        await asyncio.sleep(self._delays.sent)
        if failure is not None:
            await self._fail(number, chat, message, failure)
            return
        if self._faults.shuffle:
            await self._deliver_shuffled(number, chat, message)
            return
        if not self._faults.early:
            await self._tell(number, chat, message, "sent")
        await asyncio.sleep(self._delays.delivered)
        await self._tell(number, chat, message, "delivered")
        if self._is_open(chat):
            await asyncio.sleep(self._delays.read)
            await self._tell(number, chat, message, "read")

    async def _deliver_shuffled(self, number: Number, chat: Chat, message: PhoneMessage) -> None:
        await asyncio.sleep(self._delays.delivered)
        names = ["sent", "delivered"] + (["read"] if self._is_open(chat) else [])
        for name in reversed(names):
            await self._tell(number, chat, message, name)
        message.status = names[-1]

    async def _fail(self, number: Number, chat: Chat, message: PhoneMessage, code: int) -> None:
        known = error_text(code)
        error = {"code": code, "title": known.title, "details": known.details}
        at = int(self._now().timestamp())
        await self._post(wire.failure(number, chat, message, error, at))

    async def _tell(self, number: Number, chat: Chat, message: PhoneMessage, name: str) -> None:
        message.status = name
        self._phones.changed(chat)
        at = int(self._now().timestamp())
        await self._post(wire.status(number, chat, message, name, at))

    def _is_open(self, chat: Chat) -> bool:
        return (chat.phone_number_id, chat.person) in self._open.values()
