"""Guessing is slowed down, and who is guessed at still comes in (X1)."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from inbox_app import clock
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.runtime import Runtime
from tests.api.sign_in.forms import enter, outcome
from tests.support.machine_time import Time
from tests.support.servers.routes_app import browser, running

pytestmark = pytest.mark.anyio


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    monkeypatch.setattr(clock, "real_now", time := Time())
    return time


async def test_guessing_one_persons_password_is_slowed_down_and_the_right_one_still_opens(
    marta: httpx.AsyncClient, time: Time
) -> None:
    assert [await outcome(marta, password="x") for _ in range(6)] == [*["wrong"] * 5, "wait"]
    assert await outcome(marta) == "wait"
    assert await outcome(marta, email="other@example.com") == "wrong"
    time.now += timedelta(seconds=5)
    assert await outcome(marta) == "inside"


async def test_a_stranger_who_guesses_does_not_keep_the_person_out(
    marta: httpx.AsyncClient, time: Time
) -> None:
    routes = auth.routes()
    async with browser(routes, peer="10.0.0.9") as stranger, browser(routes) as marta:
        for _ in range(12):
            time.now += timedelta(minutes=15)
            await enter(stranger, password="x")
        assert await outcome(stranger) == "throttled"
        assert await outcome(marta) == "inside"


async def test_an_e_mail_that_nobody_has_is_slowed_down_alike(
    marta: httpx.AsyncClient, time: Time
) -> None:
    answers = [await outcome(marta, email="nobody@example.com") for _ in range(6)]
    assert answers == [*["wrong"] * 5, "wait"]


async def test_spraying_from_one_network_is_slowed_down_whatever_else_is_done_there(
    runtime: Runtime, time: Time
) -> None:
    routes = auth.routes()
    async with (
        browser(routes, peer="2001:db8::1") as one,
        browser(routes, peer="2001:db8::2") as same,
        browser(routes, peer="2001:db8:0:1::1") as other,
    ):
        for number in range(30):
            assert await outcome(one, email=f"{number}@x.it") == "wrong"
            assert number == 29 or await outcome(one) == "inside"
        assert await outcome(one, email="last@x.it") == "wait"
        assert await outcome(same, email="last@x.it") == "wait"
        assert await outcome(other, email="last@x.it") == "wrong"


async def test_what_a_client_says_of_its_address_counts_only_behind_a_proxy_of_ours(
    sqlite: Database, tmp_path: Path, time: Time
) -> None:
    async with running(sqlite, tmp_path, trusted_proxy_hops=1), browser(auth.routes()) as marta:
        for number in range(30):
            marta.headers["x-forwarded-for"] = f"10.9.8.{number}, 192.0.2.7"
            await enter(marta, email=f"{number}@x.it")
        assert await outcome(marta, email="a@x.it") == "wait"
        marta.headers["x-forwarded-for"] = "192.0.2.7, 192.0.2.8"
        assert await outcome(marta, email="a@x.it") == "wrong"


async def test_the_right_password_clears_the_count(marta: httpx.AsyncClient, time: Time) -> None:
    for _ in range(3):
        assert [await outcome(marta, password="x") for _ in range(4)] == ["wrong"] * 4
        assert await outcome(marta) == "inside"
