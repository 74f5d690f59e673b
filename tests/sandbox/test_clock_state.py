"""The buttons that move the sandbox's time, and who may press them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from reflex.istate.data import RouterData

from inbox_app import clock
from inbox_app.database import Database
from inbox_app.models import Conversation
from inbox_app.sandbox import simulator_app
from inbox_app.sandbox.phone.clock_state import FURTHEST, ClockState
from tests.queries.conversations import begin
from tests.support.factories import make_account

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def file(tmp_path: Path, sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(simulator_app, "simulator_for", {"127.0.0.1": object()}.get)
    runtime = SimpleNamespace(settings=SimpleNamespace(data_dir=tmp_path), database=sqlite)
    monkeypatch.setattr("inbox_app.runtime._current", runtime)
    clock.follow_sandbox_clock(tmp_path / "sandbox-clock")
    yield tmp_path / "sandbox-clock"
    clock.follow_sandbox_clock(None)


def in_a_tab(ip: str = "127.0.0.1") -> ClockState:
    state = ClockState(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
    state.router = RouterData.from_router_data({"token": "a tab", "ip": ip, "headers": {}})
    return state


def ahead() -> timedelta:
    seconds = (clock.now() - clock.real_now()).total_seconds()
    return timedelta(minutes=round(seconds / 60))


async def test_moves_add_up_and_the_last_puts_the_time_right() -> None:
    state = in_a_tab()
    await state.move("hour")
    for _ in range(4):
        await state.move("six_hours")
    assert ahead() == timedelta(hours=25)
    assert (state.days, state.hours, state.minutes) == (1, 1, 0)

    await state.move("reset")
    assert ahead() == timedelta(0)
    assert (state.days, state.hours, state.minutes) == (0, 0, 0)


async def test_nothing_stays_ahead_of_a_time_that_was_put_right(sqlite: Database) -> None:
    ahead = clock.real_now() + timedelta(days=1)
    async with sqlite.transaction() as session:
        account = await make_account(session, ahead)
        talk = await begin(session, account, ahead, "393471234567")
    await in_a_tab().move("reset")
    async with sqlite.reading() as session:
        now_at = (await session.get_one(Conversation, talk.id)).arrived_at
    assert now_at <= clock.real_now()


async def test_another_tab_sees_how_far_it_was_moved() -> None:
    await in_a_tab().move("six_hours")
    other = in_a_tab()
    await other.load()
    assert (other.days, other.hours, other.minutes) == (0, 6, 0)


@pytest.mark.parametrize("name", ["", "year", "last_minute", None, 7, ["hour"], {"hour": 1}])
async def test_what_is_no_move_moves_nothing(name: object) -> None:
    await in_a_tab().move(name)  # pyright: ignore[reportArgumentType]
    assert ahead() == timedelta(0)


async def test_nobody_moves_it_from_another_machine() -> None:
    stranger = in_a_tab("203.0.113.9")
    await stranger.move("hour")
    assert ahead() == timedelta(0)


async def test_it_does_not_run_away(file: Path) -> None:
    clock.move_sandbox_clock(file, FURTHEST)
    await in_a_tab().move("hour")
    assert ahead() == FURTHEST
