"""Who is told of whom: the tabs at the same conversation alone, when something has changed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from inbox_app.database import Database
from inbox_app.domain.conversations.presence import GRACE, LEASE, Doing, Person, Place, Sign
from inbox_app.live import InProcess
from inbox_app.pages.tabs.presence import Presence
from inbox_app.pages.tabs.tab_sockets import Patch
from tests.support.patience import PATIENCE
from tests.support.servers.routes_app import running

pytestmark = pytest.mark.anyio

ADA, GROUP, SAME_NUMBER_ELSEWHERE = Place(1, 7), Place(1, 8), Place(2, 7)
MARTA, ANNA, RITA = 4, 5, 6
NAMES = {MARTA: "Marta", ANNA: "Anna", RITA: "Rita"}


class Worker:
    """One process's tabs: what each was told, newest last, as `name doing`."""

    def __init__(self, live: InProcess, now: "Now") -> None:
        self.open: set[str] = set()
        self.told: dict[str, list[list[str]]] = {}
        self.failing = False
        self.free: dict[str, asyncio.Event] = {}
        """Tabs whose states are busy, until this is set."""
        sockets: Any = self
        self.presence = Presence(sockets, self._show, now)
        self._live = live
        live.watch(self.presence.hear)

    def open_tokens(self) -> set[str]:
        return set(self.open)

    async def patch(self, token: str, patch: Patch) -> None:
        if self.failing:
            raise ConnectionError("the tab is not there")
        if token in self.free:
            await self.free[token].wait()
        state: Any = token
        await patch(state)

    async def _show(self, state: Any, place: Place, there: Sequence[Person]) -> None:
        self.told.setdefault(state, []).append(_words(there))

    def say(self, user: int, doing: Doing, *, place: Place = ADA, tab: str = "") -> list[str]:
        """The person's tab says so; answers what it hears in return."""
        token = tab or f"{NAMES[user]}'s"
        self.open.add(token)
        sign = Sign(place, user, NAMES[user], token, doing)
        return _words(self.presence.say(self._live, sign))

    def look(self) -> None:
        self.presence.look(self._live)

    async def settled(self) -> None:
        """Return once everybody has been told."""
        async with asyncio.timeout(PATIENCE):
            if telling := self.presence._telling:
                await telling
            await asyncio.gather(*self.presence._bringing)


def _words(there: Sequence[Person]) -> list[str]:
    return [f"{person.name} {person.doing.value}" for person in there]


@dataclass
class Now:
    """Seconds, moved by hand."""

    at: float = field(default=0.0)

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def live() -> InProcess:
    return InProcess()


@pytest.fixture
def here(live: InProcess, now: Now) -> Worker:
    return Worker(live, now)


async def test_who_comes_hears_who_is_there_and_those_hear_who_comes(here: Worker) -> None:
    assert here.say(MARTA, Doing.LOOKING) == []
    assert here.say(ANNA, Doing.LOOKING) == ["Marta looking"]
    await here.settled()
    assert here.told == {"Marta's": [["Anna looking"]]}


async def test_who_writes_is_told_once_however_often_they_say_so(here: Worker, now: Now) -> None:
    here.say(MARTA, Doing.LOOKING)
    here.say(ANNA, Doing.LOOKING)
    await here.settled()
    for now.at in (1, 5, 9):
        here.say(ANNA, Doing.TYPING)
        await here.settled()
    assert here.told["Marta's"] == [["Anna looking"], ["Anna typing"]]
    assert "Anna's" not in here.told


async def test_nobody_hears_of_another_conversation_or_another_companys(here: Worker) -> None:
    here.say(MARTA, Doing.LOOKING)
    assert here.say(ANNA, Doing.TYPING, place=GROUP) == []
    assert here.say(RITA, Doing.TYPING, place=SAME_NUMBER_ELSEWHERE) == []
    await here.settled()
    assert here.told == {}


async def test_ones_own_other_tab_is_nobody_else(here: Worker) -> None:
    here.say(MARTA, Doing.LOOKING)
    assert here.say(MARTA, Doing.TYPING, tab="her phone") == []
    await here.settled()
    assert here.told == {}


@pytest.mark.parametrize(
    "leaves", [{"doing": Doing.AWAY}, {"place": GROUP, "doing": Doing.LOOKING}]
)
async def test_who_leaves_vanishes_at_once(here: Worker, leaves: dict[str, Any]) -> None:
    here.say(MARTA, Doing.LOOKING)
    here.say(ANNA, Doing.LOOKING)
    await here.settled()
    here.say(ANNA, **leaves)
    await here.settled()
    assert here.told["Marta's"][-1] == []


async def test_who_shut_the_computer_vanishes_when_what_they_said_is_old(
    here: Worker, now: Now
) -> None:
    here.say(ANNA, Doing.TYPING)
    now.at = LEASE / 2
    assert here.say(MARTA, Doing.LOOKING) == ["Anna writing"]
    await here.settled()
    now.at = LEASE
    here.look()
    await here.settled()
    assert here.told["Marta's"] == [[]]


async def test_a_tab_that_is_closed_vanishes_after_a_grace(here: Worker, now: Now) -> None:
    here.say(MARTA, Doing.LOOKING)
    here.say(ANNA, Doing.LOOKING)
    await here.settled()
    here.open.remove("Anna's")
    here.look()
    now.at = GRACE
    here.look()
    await here.settled()
    assert here.told["Marta's"] == [["Anna looking"], []]


async def test_workers_that_share_a_signal_tell_each_their_own_tabs(
    here: Worker, live: InProcess, now: Now
) -> None:
    beside = Worker(live, now)
    here.say(MARTA, Doing.LOOKING)
    assert beside.say(ANNA, Doing.TYPING) == ["Marta looking"]
    await here.settled()
    await beside.settled()
    assert here.told == {"Marta's": [["Anna typing"]]}
    assert beside.told == {}


async def test_a_tab_that_could_not_be_told_hears_it_when_it_speaks_again(
    here: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    here.say(MARTA, Doing.LOOKING)
    here.failing = True
    here.say(ANNA, Doing.LOOKING)
    await here.settled()
    assert "could not be told" in caplog.text
    assert here.say(MARTA, Doing.LOOKING) == ["Anna looking"]


async def test_a_tab_that_is_busy_keeps_no_other_waiting_and_hears_the_latest_once(
    here: Worker,
) -> None:
    here.say(MARTA, Doing.LOOKING)
    here.say(RITA, Doing.LOOKING)
    await here.settled()
    here.told.clear()
    here.free["Marta's"] = asyncio.Event()
    for doing in (Doing.LOOKING, Doing.TYPING):
        here.say(ANNA, doing)
        telling = here.presence._telling
        assert telling is not None
        await telling
    await asyncio.sleep(0)
    assert here.told == {
        "Rita's": [["Anna looking", "Marta looking"], ["Anna typing", "Marta looking"]]
    }
    here.free["Marta's"].set()
    await here.settled()
    assert here.told["Marta's"] == [["Anna typing", "Rita looking"]]


async def test_nothing_is_kept_of_those_who_left(here: Worker, now: Now) -> None:
    here.say(MARTA, Doing.TYPING)
    here.say(ANNA, Doing.LOOKING)
    here.say(MARTA, Doing.AWAY)
    here.open.clear()
    here.look()
    now.at = LEASE
    here.look()
    await here.settled()
    kept = here.presence
    assert not any((kept._tabs, kept._at, kept._mine, kept._told, kept._doing, kept._due))


@pytest.fixture
async def serving(sqlite: Database, tmp_path: Path, here: Worker) -> AsyncIterator[Worker]:
    async with running(sqlite, tmp_path):
        yield here


async def test_it_leaves_no_task_behind(serving: Worker) -> None:
    before = asyncio.all_tasks()
    async with serving.presence.running():
        serving.say(MARTA, Doing.LOOKING)
        assert asyncio.all_tasks() > before
    assert asyncio.all_tasks() == before
