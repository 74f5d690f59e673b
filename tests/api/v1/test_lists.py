"""The API's lists go on from page to page."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.api.two_companies import Installation, ada_writes, assert_problem

pytestmark = pytest.mark.anyio


@pytest.mark.postgresql("pages follow one another")
async def test_lists_go_on_where_they_stopped(on_each: Installation) -> None:
    for number in range(5):
        await on_each.pms.post("/conversations", json={"phone": f"+39347000000{number}"})
        await on_each.pms.put(f"/actors/{number}", json={"kind": "guest", "name": f"N{number}"})
    opened = await ada_writes(on_each, text="uno")
    for text in ("due", "tre"):
        await ada_writes(on_each, text=text, hours_ago=0.5)
    for path, key, many in (
        ("/conversations", "id", 6),
        ("/actors", "external_id", 5),
        (f"/conversations/{opened}/messages", "text", 3),
    ):
        whole = (await on_each.pms.get(path)).json()
        assert whole["next_cursor"] is None
        one_by_one = [item[key] async for item in _pages(on_each.pms, path)]
        assert one_by_one == [item[key] for item in whole["items"]]
        assert len(one_by_one) == many
    assert one_by_one == ["tre", "due", "uno"]


@pytest.mark.postgresql("what a number may be")
@pytest.mark.parametrize(
    "place",
    [
        '["2026-01-01T00:00:00+00:00", true]',
        '["2026-01-01T00:00:00", 1]',
        "[1, 2]",
        20_000 * "[",
        '["0001-01-01T00:00:00+14:00", 1]',
    ],
    ids=["truth", "no zone", "numbers", "deep", "before all times"],
)
async def test_a_cursor_that_is_not_ours_is_refused(on_each: Installation, place: str) -> None:
    cursor = base64.urlsafe_b64encode(place.encode()).decode()
    for path in ("/conversations", "/actors"):
        answer = await on_each.pms.get(path, params={"cursor": cursor})
        assert_problem(answer, 400, "cursor")


async def _pages(pms: httpx.AsyncClient, path: str) -> AsyncIterator[dict[str, Any]]:
    cursor = ""
    while cursor is not None:
        parameters = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await pms.get(path, params=parameters)).json()
        for item in page["items"]:
            yield item
        cursor = page["next_cursor"]


@pytest.mark.postgresql("each filter has an index")
async def test_conversations_are_listed_as_the_inbox_filters_and_searches_them(
    on_each: Installation,
) -> None:
    opened = await ada_writes(on_each, text="La réservation CB-3107?")
    begun = (await on_each.pms.post("/conversations", json={"phone": "+393470000001"})).json()["id"]
    for parameters, expected in (
        ({}, [begun, opened]),
        ({"filter": "all"}, [begun, opened]),
        ({"filter": "unread"}, [opened]),
        ({"filter": "expiring"}, []),
        ({"filter": "archived"}, []),
        ({"q": "cb3107"}, [opened]),
        ({"q": "347 000 0001"}, [begun]),
        ({"q": "reservation", "filter": "archived"}, []),
        ({"q": "%"}, []),
    ):
        answer = await on_each.pms.get("/conversations", params=parameters)
        assert [item["id"] for item in answer.json()["items"]] == expected, parameters
    for nobody in ("mine", "every", ""):
        answer = await on_each.pms.get("/conversations", params={"filter": nobody})
        assert answer.status_code == 422


@pytest.mark.postgresql("each filter has an index")
async def test_conversations_are_listed_by_what_they_have_to_do_with(
    on_each: Installation,
) -> None:
    opened = await ada_writes(on_each, text="Ciao")
    await on_each.pms.put("/actors/b", json={"kind": "guest", "name": "Bo", "phones": ["+1555"]})
    begun = (await on_each.pms.post("/conversations", json={"actor": "b"})).json()["id"]
    await on_each.pms.put("/accommodations/blu", json={"name": "Blu", "timezone": "Europe/Rome"})
    stay = {"code": "R-1", "accommodation": "blu", "guests": ["b"], "status": "confirmed"}
    dates = {"check_in": "2026-12-01", "check_out": "2026-12-04"}
    await on_each.pms.put("/reservations/r-1", json=stay | dates)
    await on_each.pms.patch(f"/conversations/{begun}", json={"labels": ["VIP"], "starred": True})
    for parameters, expected in (
        ({"channel": "whatsapp"}, [begun, opened]),
        ({"channel": "email"}, []),
        ({"actor": "b"}, [begun]),
        ({"actor": "nobody"}, []),
        ({"reservation": "r-1", "label": "vip"}, [begun]),
        ({"reservation": "r-1", "filter": "unread"}, []),
        ({"reservation": "r-2"}, []),
        ({"actor": "b", "q": "Bo", "filter": "starred", "channel": "whatsapp"}, [begun]),
        ({"actor": "b", "q": "ciao"}, []),
    ):
        answer = await on_each.pms.get("/conversations", params=parameters)
        assert [item["id"] for item in answer.json()["items"]] == expected, parameters
    answer = await on_each.other.get("/conversations", params={"actor": "b"})
    assert answer.json()["items"] == []
