"""The hub: whom it tells what, how often, and what it leaves behind."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY

from inbox_app import clock
from inbox_app.database import Database
from inbox_app.live import Change
from inbox_app.models import Role, Session, User
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.live_tabs import Hub
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.runtime import Runtime
from tests.support.patience import PATIENCE
from tests.support.servers.routes_app import make_account, running

pytestmark = pytest.mark.anyio


class Sockets:
    """Stands in for Reflex: the tabs given are open, patches are applied at once."""

    def __init__(self) -> None:
        self.tabs: dict[str, list[str]] = {}
        self.closed: list[tuple[str, str]] = []
        self.busy = asyncio.Event()
        self.busy.set()
        self.busy_token = ""

    def open_tokens(self) -> set[str]:
        return set(self.tabs)

    async def patch(self, token: str, patch: Patch) -> None:
        await self.busy.wait()
        if token == self.busy_token:
            await asyncio.sleep(PATIENCE)
        state: Any = self.tabs[token]
        await patch(state)

    async def close(self, token: str, address: str) -> None:
        self.closed.append((token, address))


@dataclass
class Panel:
    """Notes what it is asked to read; its patches write that into the tab."""

    reads: list[tuple[set[str], set[int]]] = field(default_factory=list)
    failing: int = 0
    was_read: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(
        self, subscriptions: Sequence[Subscription], changed: Changes
    ) -> Mapping[str, Patch]:
        if self.failing:
            self.failing -= 1
            raise ConnectionError("the database is away")
        self.reads.append(
            ({subscription.token for subscription in subscriptions}, set(changed.conversations))
        )
        self.was_read.set()
        return {subscription.token: self._patch for subscription in subscriptions}

    async def _patch(self, state: Any) -> None:
        state.append(len(self.reads))

    def __hash__(self) -> int:
        return id(self)


@dataclass
class HubHarness:
    """A hub at work, for one account with one person in it."""

    hub: Hub
    sockets: Sockets
    panel: Panel
    runtime: Runtime
    who: SignedIn

    def open(self, token: str, who: SignedIn | None = None) -> None:
        self.sockets.tabs[token] = []
        self.hub.subscribe(Subscription(token, who or self.who, self.panel, query=None))

    def change(self, conversation_id: int | None = 1) -> None:
        self.runtime.live.publish(Change(self.who.account_id, conversation_id))

    async def told(self, reads: int) -> None:
        """Return once the panel has been read so many times."""
        async with asyncio.timeout(PATIENCE):
            while len(self.panel.reads) < reads:
                await self.panel.was_read.wait()
                self.panel.was_read.clear()

    async def settled(self) -> None:
        """Return once the hub has nothing to do."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*self.hub._tasks.values())


@pytest.fixture
async def harness(sqlite: Database, tmp_path: Path) -> AsyncIterator[HubHarness]:
    async with running(sqlite, tmp_path) as runtime:
        sockets = Sockets()
        hub: Any = Hub(sockets)  # pyright: ignore[reportArgumentType]
        async with hub.running():
            yield HubHarness(hub, sockets, Panel(), runtime, await _sign_in(sqlite))


async def _sign_in(database: Database, email: str = "marta@casedelsole.it") -> SignedIn:
    account_id, user_id = await make_account(database, email=email)
    now = clock.real_now()
    async with database.transaction() as session:
        device = Session(
            account_id=account_id, user_id=user_id, token_hash=email, created_at=now, seen_at=now
        )
        session.add(device)
        await session.flush()
    return _signed_in(account_id, user_id, device.id, now)


def _signed_in(account_id: int, user_id: int, session_id: int, now: datetime) -> SignedIn:
    return SignedIn(
        user_id=user_id,
        account_id=account_id,
        role=Role.ADMIN,
        language="it",
        theme="system",
        undo_seconds=0,
        time_zone="Europe/Rome",
        name="Marta",
        session_id=session_id,
        seen_at=now,
    )


async def test_one_read_serves_all_tabs_of_a_panel(harness: HubHarness) -> None:
    harness.open("desk")
    harness.open("phone")
    harness.change()
    await harness.told(1)
    assert harness.panel.reads == [({"desk", "phone"}, {1})]
    await harness.settled()
    assert harness.sockets.tabs == {"desk": [1], "phone": [1]}


async def test_the_first_change_is_told_at_once_and_the_rest_together(harness: HubHarness) -> None:
    loop = asyncio.get_running_loop()
    harness.open("desk")
    began = loop.time()
    harness.change(1)
    await harness.told(1)
    for conversation in (2, 3, 4, 3):
        harness.change(conversation)
    await harness.told(2)
    assert harness.panel.reads[1:] == [({"desk"}, {2, 3, 4})]
    assert loop.time() - began > 0.05


async def test_another_account_hears_nothing(harness: HubHarness) -> None:
    stranger = await _sign_in(harness.runtime.database, "other@example.com")
    harness.open("desk")
    harness.open("theirs", stranger)
    harness.change()
    await harness.told(1)
    await harness.settled()
    assert harness.panel.reads == [({"desk"}, {1})]
    assert harness.sockets.tabs["theirs"] == []


async def test_a_closed_tab_is_not_read_for_and_is_forgotten(harness: HubHarness) -> None:
    harness.open("desk")
    harness.open("phone")
    del harness.sockets.tabs["phone"]
    harness.change()
    await harness.told(1)
    assert harness.panel.reads == [({"desk"}, {1})]
    harness.open("desk")
    assert harness.hub._sessions.keys() == {"desk"}


async def test_a_tab_that_turned_elsewhere_meanwhile_is_left_alone(harness: HubHarness) -> None:
    harness.open("desk")
    harness.sockets.busy.clear()
    harness.change()
    await harness.told(1)
    harness.hub.subscribe(Subscription("desk", harness.who, harness.panel, query="something else"))
    harness.sockets.busy.set()
    await harness.settled()
    assert harness.sockets.tabs["desk"] == []


async def test_a_busy_tab_keeps_no_other_waiting_and_is_told_again(
    harness: HubHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(live_tabs, "_PATIENCE", 0.05)
    for token in ("busy", *(str(number) for number in range(50))):
        harness.open(token)
    harness.sockets.busy_token = "busy"
    harness.change()
    await harness.told(2)
    harness.sockets.busy_token = ""
    await harness.settled()
    told = harness.sockets.tabs
    assert all(told[str(number)][:1] == [1] for number in range(50))
    assert told["busy"]
    assert "a tab is busy" in caplog.text


async def test_what_could_not_be_read_is_told_again(
    harness: HubHarness, caplog: pytest.LogCaptureFixture
) -> None:
    harness.open("desk")
    harness.panel.failing = 1
    harness.change(7)
    await harness.told(1)
    assert harness.panel.reads == [({"desk"}, {7})]
    assert "could not be refreshed" in caplog.text


async def test_an_ended_session_is_sent_away_and_hears_nothing_more(harness: HubHarness) -> None:
    harness.open("desk")
    await harness.hub.close_sockets(harness.who.session_id)
    assert harness.sockets.closed == [("desk", "/login")]
    assert harness.hub.accounts() == set()


async def test_a_session_that_was_revoked_elsewhere_hears_nothing_more(harness: HubHarness) -> None:
    harness.open("desk")
    async with harness.runtime.database.transaction() as session:
        person = await session.get_one(User, harness.who.user_id)
        person.disabled_at = clock.real_now()
        session.add(person)
    harness.change()
    await harness.settled()
    assert harness.panel.reads == []
    assert harness.sockets.closed == [("desk", "/login")]


async def test_it_leaves_no_task_behind(harness: HubHarness) -> None:
    harness.open("desk")
    harness.sockets.busy.clear()
    async with harness.hub.running():
        harness.change()
        await harness.told(1)
        (task,) = harness.hub._tasks.values()
    assert task.done()


async def test_open_pages_are_counted_while_the_hub_runs(harness: HubHarness) -> None:
    harness.open("one")
    harness.open("two")
    assert REGISTRY.get_sample_value("inbox_open_pages") == 2
    del harness.sockets.tabs["one"]
    assert REGISTRY.get_sample_value("inbox_open_pages") == 1
