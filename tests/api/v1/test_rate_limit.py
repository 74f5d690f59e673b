"""The API takes an import at full speed, and tells who does more when to come again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

import httpx
import pytest

from inbox_app import clock
from inbox_app.api.v1 import app as api_v1
from inbox_app.api.v1.gate.middleware import ApiMiddleware, Limits
from inbox_app.api.v1.gate.rate_limit import OF_BAD_KEYS, OF_KEY, Rate, RateLimit
from inbox_app.services.accounts import api_keys
from tests.api.two_companies import Installation, assert_problem
from tests.support.servers.routes_app import browser

pytestmark = pytest.mark.anyio

SECOND = timedelta(seconds=1)


def went(limit: RateLimit, times: int, now: datetime, name: str = "key") -> int:
    return sum(not limit.wait(name, now) for _ in range(times))


def test_a_thousand_requests_go_at_once_and_fifty_a_second_after_that(now: datetime) -> None:
    limit = RateLimit(OF_KEY)
    assert went(limit, 2000, now) == 1000
    assert went(limit, 2000, now + SECOND) == 50
    assert went(limit, 2000, now + 3600 * SECOND) == 1000


def test_an_import_at_fifty_a_second_is_never_held_up(now: datetime) -> None:
    limit = RateLimit(OF_KEY)
    every = (now + number * SECOND / 50 for number in range(10_000))
    assert not any(limit.wait("key", at) for at in every)


def test_who_has_to_wait_is_told_how_long_and_it_counts_as_nothing(now: datetime) -> None:
    limit = RateLimit(Rate(1, SECOND))
    assert not limit.wait("key", now)
    for _ in range(10):
        assert limit.wait("key", now) == SECOND
    assert limit.wait("key", now + SECOND / 4) == SECOND * 3 / 4
    assert not limit.wait("key", now + SECOND)


def test_a_clock_that_was_set_back_holds_nobody_up_for_longer(now: datetime) -> None:
    limit = RateLimit(Rate(1, SECOND))
    limit.wait("key", now)
    assert limit.wait("key", now - timedelta(days=1)) == SECOND
    assert not limit.wait("key", now - timedelta(days=1) + SECOND)


def test_names_are_counted_apart_and_the_oldest_are_forgotten(now: datetime) -> None:
    limit = RateLimit(Rate(1, SECOND), names=2)
    assert [went(limit, 2, now, name) for name in ("a", "b", "c")] == [1, 1, 1]
    assert list(limit._left) == ["b", "c"]


@asynccontextmanager
async def systems(
    here: Installation, monkeypatch: pytest.MonkeyPatch, **rates: Rate
) -> AsyncIterator[tuple[httpx.AsyncClient, httpx.AsyncClient]]:
    """The two companies' systems, from two networks, at an API with tight limits; time stands."""
    noon = clock.real_now()
    monkeypatch.setattr(clock, "real_now", lambda: noon)
    given = {"of_key": OF_KEY, "of_bad_keys": OF_BAD_KEYS} | rates
    limits = Limits(**{name: RateLimit(rate) for name, rate in given.items()})
    monkeypatch.setattr(api_v1, "ApiMiddleware", partial(ApiMiddleware, limits=limits))
    routes = api_v1.routes()
    async with browser(routes) as one, browser(routes, peer="192.0.2.7") as other:
        for client, same in ((one, here.pms), (other, here.other)):
            client.base_url = "http://localhost:8000/api/v1"
            client.headers["authorization"] = same.headers["authorization"]
        yield one, other


async def test_a_key_in_a_hurry_is_told_when_to_come_again_and_others_are_not(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with systems(here, monkeypatch, of_key=Rate(2, 90 * SECOND)) as (one, other):
        assert [(await one.get("/actors")).status_code for _ in range(2)] == [200, 200]
        answer = await one.put("/actors/g-1", json={"kind": "guest", "name": "Ada"})
        assert_problem(answer, 429, "too-many")
        assert answer.headers["retry-after"] == "90"
        assert (await other.get("/actors")).status_code == 200
        assert (await one.get("/openapi.json")).status_code == 200


async def test_an_address_that_shows_bad_keys_is_told_so_and_its_good_key_still_opens(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with systems(here, monkeypatch, of_bad_keys=Rate(2, SECOND / 2)) as (one, other):
        good = one.headers["authorization"]
        bad = {"authorization": f"{good}x"}
        answers = [await one.get("/actors", headers=bad) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [401, 401, 429]
        assert_problem(answers[2], 429, "too-many")
        assert answers[2].headers["retry-after"] == "1"
        assert (await one.get("/actors")).status_code == 200
        assert (await other.get("/actors", headers=bad)).status_code == 401


async def test_what_cannot_be_a_key_is_not_looked_up(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_keys, "holder_of", None)
    for given in ("Bearer x", f"Bearer {api_keys.PREFIX}{'x' * 9000}", "Basic eDp4"):
        answer = await here.pms.get("/actors", headers={"authorization": given})
        assert_problem(answer, 401, "unauthorized")
