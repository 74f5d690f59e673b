"""What becomes of the states of tabs whose socket has gone."""

from types import SimpleNamespace
from typing import Any

import pytest
import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken

from inbox_app.pages.tabs import closed_tabs
from inbox_app.pages.tabs.closed_tabs import KEPT_SECONDS, ClosedTabs
from inbox_app.pages.tabs.sticky_tabs import StickyTokenManager
from inbox_app.pages.tabs.tab_owner import TabOwner

pytestmark = pytest.mark.anyio


class Tabs:
    """Tabs that come and go, and what is kept of them."""

    def __init__(self) -> None:
        self.manager = StateManagerMemory(token_expiration=86_400)
        namespace = SimpleNamespace(namespace="/_event")
        app: Any = SimpleNamespace(state_manager=self.manager, event_namespace=namespace, sio=None)
        self.sockets = namespace._token_manager = StickyTokenManager(app)
        self.closed_tabs = ClosedTabs(app)

    async def open(self, tab: str, session_id: int = 7) -> None:
        await self.sockets.link_token_to_sid(tab, f"socket of {tab}")
        root = await self.manager.get_state(_states_of(tab))
        (await root.get_state(TabOwner))._session_id = session_id

    async def close(self, tab: str) -> None:
        await self.sockets.disconnect_token(tab, f"socket of {tab}")

    @property
    def kept(self) -> set[str]:
        return set(self.manager.states)


def _states_of(tab: str) -> BaseStateToken:
    return BaseStateToken(ident=tab, cls=rx.State)


@pytest.fixture
async def tabs():
    import inbox_app.inbox_app  # noqa: F401  registers the states of all pages

    tabs = Tabs()
    yield tabs
    await tabs.manager.close()


async def test_a_tab_that_is_open_keeps_its_states_however_long_nothing_happens(tabs: Tabs) -> None:
    await tabs.open("desk")
    for hour in range(24):
        tabs.closed_tabs.forget(hour * 3600.0)
    assert tabs.kept == {"desk"}


async def test_a_closed_tabs_states_are_kept_for_a_while_and_then_dropped(tabs: Tabs) -> None:
    await tabs.open("phone")
    await tabs.close("phone")
    tabs.closed_tabs.forget(1000.0)
    tabs.closed_tabs.forget(1000.0 + KEPT_SECONDS - 1)
    assert tabs.kept == {"phone"}
    tabs.closed_tabs.forget(1000.0 + KEPT_SECONDS)
    assert tabs.kept == set()
    assert not tabs.manager._states_locks
    assert not tabs.manager._token_expires_at
    assert not tabs.closed_tabs._since


async def test_a_tab_that_comes_back_in_time_starts_anew_with_its_waiting(tabs: Tabs) -> None:
    await tabs.open("phone")
    await tabs.close("phone")
    tabs.closed_tabs.forget(0.0)
    await tabs.open("phone")
    tabs.closed_tabs.forget(KEPT_SECONDS)
    await tabs.close("phone")
    tabs.closed_tabs.forget(KEPT_SECONDS + 1)
    assert tabs.kept == {"phone"}


async def test_nothing_is_kept_of_a_closed_tab_that_nobody_was_signed_in_to(tabs: Tabs) -> None:
    await tabs.open("stranger", session_id=0)
    await tabs.close("stranger")
    tabs.closed_tabs.forget(0.0)
    assert tabs.kept == set()


async def test_of_many_that_close_together_the_oldest_go_at_once(
    tabs: Tabs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closed_tabs, "KEPT_AT_MOST", 2)
    for number, tab in enumerate(("first", "second", "third")):
        await tabs.open(tab)
        await tabs.close(tab)
        tabs.closed_tabs.forget(float(number))
    assert tabs.kept == {"second", "third"}


async def test_states_that_a_handler_is_at_work_on_wait_for_the_next_time(tabs: Tabs) -> None:
    await tabs.open("phone")
    await tabs.close("phone")
    tabs.closed_tabs.forget(0.0)
    async with tabs.manager.modify_state(_states_of("phone")):
        tabs.closed_tabs.forget(KEPT_SECONDS)
        assert tabs.kept == {"phone"}
    tabs.closed_tabs.forget(KEPT_SECONDS)
    assert tabs.kept == set()
