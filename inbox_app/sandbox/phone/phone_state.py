"""What the page with the simulated phone shows and does. It reaches the simulator and nothing else:
nobody has to be signed in to hold a toy phone at this machine."""

import asyncio
from contextlib import suppress
from typing import Any, TypedDict
from urllib.parse import urlencode

import reflex as rx

from inbox_app import clock
from inbox_app.runtime import current_runtime
from inbox_app.sandbox import simulator_app
from inbox_app.sandbox.phone import sandbox_clock
from inbox_app.sandbox.phone.clock_state import ClockState
from inbox_app.sandbox.phone.default_number import number_for
from inbox_app.sandbox.phone.phone_people import is_somebody, known_people, new_number
from inbox_app.sandbox.simulator.people import (
    DEMO_NUMBER,
    PEOPLE,
    Number,
    Person,
    number_by_id,
    person_by_key,
)
from inbox_app.sandbox.simulator.phones import Chat, PhoneFile, PhoneMessage
from inbox_app.sandbox.simulator.samples import sample
from inbox_app.sandbox.simulator.simulator import Simulator

_SHOWN = 60
_LONGEST = 4096
_PAUSE = 0.05


class PersonRow(TypedDict):
    """Somebody whose phone can be held."""

    key: str
    name: str
    label: str
    unread: int


class BubbleRow(TypedDict):
    """A message as the phone shows it; `at` in epoch milliseconds."""

    id: str
    mine: bool
    text: str
    at: int
    status: str
    file: str
    """The kind of the file that it shows, "" for none."""
    source: str
    """Where the file is."""
    filename: str


class PhoneState(rx.State):
    """One tab's phone."""

    there: bool = True
    """Whether this is sandbox mode, on this machine."""
    line: str = DEMO_NUMBER.phone_number_id
    """The business number that is written to, by its id."""
    people: rx.Field[list[PersonRow]] = rx.field(default_factory=list)
    person: str = ""
    name: str = ""
    label: str = ""
    bubbles: rx.Field[list[BubbleRow]] = rx.field(default_factory=list)
    marketing: bool = True
    """Whether the person takes the business's marketing."""
    no_minute_left: bool = False
    """Whether the last minute of the chat's window was asked for, and is not ahead."""

    _chosen: bool = False
    """Whether somebody chose ``line``."""
    _seen: bool = False
    """Whether the tab can be seen: only then is a chat read."""

    @rx.event
    async def pick_up(self) -> None:
        """Hold the phone that was held before, or the first one."""
        simulator = self._simulator()
        self.there = simulator is not None
        if simulator is not None:
            if not self._chosen:
                self.line = (await number_for(self.router.headers.cookie)).phone_number_id
            await self._hold(simulator, self.person or PEOPLE[0].key)

    @rx.event
    async def choose(self, key: str) -> None:
        """Hold another phone; "" is one that nobody knows."""
        simulator = self._simulator()
        if simulator is not None and isinstance(key, str):
            await self._hold(simulator, key if is_somebody(simulator, key) else new_number())

    @rx.event
    async def write_to(self, phone_number_id: str) -> None:
        """Open the chat with another business number."""
        simulator = self._simulator()
        if simulator is not None and isinstance(phone_number_id, str):
            self.line = (number_by_id(phone_number_id) or DEMO_NUMBER).phone_number_id
            self._chosen = True
            await self._hold(simulator, self.person or PEOPLE[0].key)

    @rx.event
    async def set_visible(self, visible: bool) -> None:
        """The tab is shown or hidden."""
        self._seen = visible is True
        simulator = self._simulator()
        if simulator is not None:
            await self._hold(simulator, self.person or PEOPLE[0].key)

    @rx.event
    async def write(self, form: dict[str, Any]) -> None:
        """Send a text from the phone."""
        simulator = self._simulator()
        text = str(form.get("text", "")).strip()[:_LONGEST]
        if simulator is not None and text and self.person:
            content = {"type": "text", "text": {"body": text}}
            await simulator.write(self._number(), self.person, content)

    @rx.event
    async def send_sample(self, kind: str) -> None:
        """Send something other than text."""
        simulator = self._simulator()
        if simulator is None or not self.person:
            return
        if chosen := sample(kind, self._chat(simulator)):
            await simulator.write(
                self._number(), self.person, chosen.content, chosen.preview, chosen.file
            )

    @rx.event
    async def turn_marketing(self) -> None:
        """Stop the business's marketing, or take it again."""
        simulator = self._simulator()
        if simulator is not None and self.person:
            stopped = self._chat(simulator).marketing_stopped
            await simulator.prefer(self._number(), self.person, marketing=stopped)
            self._show(simulator)

    @rx.event
    async def go_to_last_minute(self) -> rx.event.EventCallback[()] | None:
        """Move the sandbox's time to where this chat's window has one minute left."""
        simulator = self._simulator()
        if simulator is None or not self.person:
            return None
        by = sandbox_clock.until_last_minute(self._chat(simulator), clock.now())
        self.no_minute_left = by is None
        if by is None:
            return None
        await sandbox_clock.move(current_runtime(), by)
        return ClockState.load()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what happens on the phone, until the tab goes."""
        simulator, viewer = self._simulator(), self.router.session.client_token
        if simulator is None:
            return
        changed = asyncio.Event()
        stop = simulator.phones.listen(lambda _: changed.set())
        try:
            while True:
                await changed.wait()
                changed.clear()
                async with self:
                    self._show(simulator)
                await asyncio.sleep(_PAUSE)
        finally:
            with suppress(ValueError):
                stop()
            simulator.deliveries.close_chat(viewer)

    def _simulator(self) -> Simulator | None:
        return simulator_app.simulator_for(self.router.session.client_ip)

    def _number(self) -> Number:
        return number_by_id(self.line) or DEMO_NUMBER

    def _chat(self, simulator: Simulator) -> Chat:
        return simulator.phones.chat(self._number().phone_number_id, self.person)

    async def _hold(self, simulator: Simulator, key: str) -> None:
        self.person = key
        viewer = self.router.session.client_token
        if self._seen:
            await simulator.deliveries.open_chat(viewer, self._number(), key)
        else:
            simulator.deliveries.close_chat(viewer)
        self._show(simulator)

    def _show(self, simulator: Simulator) -> None:
        self.no_minute_left = False
        person = person_by_key(self.person)
        self.name, self.label = person.name or person.label, person.label
        self.marketing = not self._chat(simulator).marketing_stopped
        self.people = [
            _person_row(simulator, self._number(), someone) for someone in known_people(simulator)
        ]
        messages = self._chat(simulator).messages[-_SHOWN:]
        self.bubbles = [_bubble(message) for message in messages]


def _person_row(simulator: Simulator, number: Number, person: Person) -> PersonRow:
    chat = simulator.phones.chat(number.phone_number_id, person.key)
    waiting = [message for message in chat.messages if _is_unread(message)]
    name = person.name or person.label
    return PersonRow(key=person.key, name=name, label=person.label, unread=len(waiting))


def _is_unread(message: PhoneMessage) -> bool:
    return not message.mine and message.status == "delivered"


def _bubble(message: PhoneMessage) -> BubbleRow:
    file = message.file
    return BubbleRow(
        id=message.id,
        mine=message.mine,
        text=message.text,
        at=message.at * 1000,
        status=message.status,
        file=file.kind if file else "",
        source=_source(file) if file else "",
        filename=file.name if file else "",
    )


def _source(file: PhoneFile) -> str:
    return f"/sandbox/phone/files/{file.id}?{urlencode({'name': file.name})}"
