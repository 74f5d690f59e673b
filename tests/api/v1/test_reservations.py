"""Reservations over the API, and the panel beside their guests' conversations (A3, P3)."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from inbox_app.clock import real_now
from inbox_app.models import Accommodation
from inbox_app.queries.inbox.stay import stays_of
from tests.api.two_companies import Installation, assert_problem

pytestmark = pytest.mark.anyio

_AT_THE_HOME = ZoneInfo("Europe/Rome")

_STAY = {
    "code": "CB-3107",
    "accommodation": "casa-blu",
    "guests": ["g-1"],
    "check_in": "2026-12-01",
    "check_out": "2026-12-05",
    "status": "confirmed",
}
_MORE = {
    "adults": 2,
    "children": 1,
    "infants": 1,
    "pets": 0,
    "arrival_time": "21:30",
    "departure_time": "09:00",
    "portal": "Airbnb",
    "portal_code": "HMABC12345",
    "url": "https://pms.example.com/r/3107",
    "total": "890.00",
    "balance": "120.50",
    "currency": "EUR",
    "notes": "Arrivo in auto\nServe il parcheggio",
}


async def _home(at: Installation) -> None:
    async with at.runtime.database.transaction() as session:
        session.add(
            Accommodation(
                account_id=at.world.account_id,
                external_id="casa-blu",
                name="Casa Blu",
                timezone="Europe/Rome",
                created_at=real_now(),
            )
        )


async def _guest(at: Installation, key: str = "g-1", **more: Any) -> None:
    answer = await at.pms.put(f"/actors/{key}", json={"kind": "guest", "name": key} | more)
    assert answer.status_code == 201


@pytest.mark.postgresql("its statements")
async def test_a_reservation_is_created_replaced_archived_and_comes_back(
    on_each: Installation,
) -> None:
    await _home(on_each)
    await _guest(on_each)
    await _guest(on_each, "g-2")
    pms = on_each.pms
    created = await pms.put("/reservations/r-1", json=_STAY | _MORE)
    expected = {"external_id": "r-1", "archived": False} | _STAY | _MORE
    assert (created.status_code, created.json()) == (201, expected)
    replaced = await pms.put("/reservations/r-1", json=_STAY | {"guests": ["g-2", "g-1", "g-2"]})
    assert replaced.status_code == 200
    shown = (await pms.get("/reservations/r-1")).json()
    assert (shown["guests"], shown["total"], shown["notes"]) == (["g-2", "g-1"], None, None)
    for _ in range(2):
        assert (await pms.delete("/reservations/r-1")).status_code == 204
    assert (await pms.get("/reservations")).json()["items"] == []
    assert (await pms.get("/reservations/r-1")).json()["archived"] is True
    await pms.put("/reservations/r-1", json=shown | {"loyalty": 3})
    assert (await pms.get("/reservations")).json()["items"] == [shown]


@pytest.mark.parametrize(
    "wrong",
    [
        {"check_out": "2026-12-01"},
        {"check_out": "2026-11-30"},
        {"check_in": "01/12/2026"},
        {"status": "maybe"},
        {"code": ""},
        {"guests": "g-1"},
        {"adults": -1},
        {"arrival_time": "25:00"},
        {"arrival_time": "9 pm"},
        {"total": "890.00"},
        {"total": "NaN", "currency": "EUR"},
        {"total": "1.234", "currency": "EUR"},
        {"total": "1", "currency": "EURO"},
        {"url": "javascript:alert(1)"},
        {"url": "https://"},
        {"accommodation": "another"},
        {"guests": ["nobody"]},
    ],
)
async def test_a_reservation_with_a_mistake_is_refused(
    here: Installation, wrong: dict[str, Any]
) -> None:
    await _home(here)
    await _guest(here)
    answer = await here.pms.put("/reservations/r-1", json=_STAY | wrong)
    assert_problem(answer, 422, "invalid")
    assert (await here.pms.get("/reservations/r-1")).status_code == 404


async def test_what_is_not_known_is_named(here: Installation) -> None:
    await _home(here)
    answer = await here.pms.put("/reservations/r-1", json=_STAY)
    assert answer.json()["errors"] == [
        {"where": "body.guests", "why": "No actor has been put under this key"}
    ]


async def test_the_stay_stands_beside_its_guest_s_conversation_but_a_block_never(
    here: Installation,
) -> None:
    """P3"""
    await _home(here)
    await _guest(here, phones=["+393331112223"])
    opened = (await here.pms.post("/conversations", json={"actor": "g-1"})).json()
    days = {"check_in": _day(1), "check_out": _day(4)}
    await here.pms.put("/reservations/r-1", json=_STAY | _MORE | days)
    await here.pms.put("/reservations/r-2", json=_STAY | days | {"status": "block", "code": "X"})
    async with here.runtime.database.reading() as session:
        (stay,) = await stays_of(session, here.world.account_id, int(opened["id"]), real_now())
    assert (stay["code"], stay["accommodation"], stay["phase"]) == (
        "CB-3107",
        "Casa Blu",
        "upcoming",
    )
    assert (stay["arrival_time"], stay["infants"], stay["portal_code"]) == (
        "21:30",
        1,
        "HMABC12345",
    )
    shown = (await here.pms.get(f"/conversations/{opened['id']}")).json()
    assert shown["reservation"] == {"external_id": "r-1", "code": "CB-3107"}


def _day(later: int) -> str:
    here = real_now().astimezone(_AT_THE_HOME).date()
    return (here + timedelta(days=later)).isoformat()


@pytest.mark.postgresql("its statements")
async def test_another_company_s_reservations_accommodations_and_guests_are_not_there(
    on_each: Installation,
) -> None:
    await _home(on_each)
    await _guest(on_each)
    await on_each.pms.put("/reservations/r-1", json=_STAY)
    theirs = on_each.other
    assert (await theirs.get("/reservations/r-1")).status_code == 404
    assert (await theirs.delete("/reservations/r-1")).status_code == 404
    assert (await theirs.get("/reservations")).json()["items"] == []
    assert_problem(await theirs.put("/reservations/r-1", json=_STAY), 422, "invalid")


async def test_a_list_is_paged(here: Installation) -> None:
    await _home(here)
    for number in range(3):
        await here.pms.put(f"/reservations/r-{number}", json=_STAY | {"guests": []})
    page = (await here.pms.get("/reservations?limit=2")).json()
    rest = (await here.pms.get(f"/reservations?limit=2&cursor={page['next_cursor']}")).json()
    assert [item["external_id"] for item in [*page["items"], *rest["items"]]] == [
        "r-0",
        "r-1",
        "r-2",
    ]
    assert rest["next_cursor"] is None
