"""Tasks over the API (A3)."""

from typing import Any

import pytest

from tests.api.two_companies import Installation, assert_problem

pytestmark = pytest.mark.anyio

_TASK = {"title": "Pulizia finale", "kind": "cleaning", "status": "open"}
_MORE = {
    "accommodation": "casa-blu",
    "reservation": "r-1",
    "supplier": "f-1",
    "due_at": "2026-12-05T10:00:00Z",
    "description": "Due camere\nLenzuola nell'armadio",
}
_EMPTY = dict.fromkeys(_MORE)


async def _world(at: Installation) -> None:
    for path, body in (
        ("/accommodations/casa-blu", {"name": "Casa Blu", "timezone": "Europe/Rome"}),
        ("/actors/f-1", {"kind": "supplier", "name": "Pulizie Rossi"}),
        ("/actors/g-1", {"kind": "guest", "name": "Ada"}),
        ("/reservations/r-1", _STAY),
    ):
        assert (await at.pms.put(path, json=body)).status_code == 201


_STAY = {
    "code": "CB-3107",
    "accommodation": "casa-blu",
    "guests": ["g-1"],
    "check_in": "2026-12-01",
    "check_out": "2026-12-05",
    "status": "confirmed",
}


@pytest.mark.postgresql("its statements")
async def test_a_task_is_created_replaced_archived_and_comes_back(on_each: Installation) -> None:
    await _world(on_each)
    pms = on_each.pms
    created = await pms.put("/tasks/t-1", json=_TASK | _MORE)
    expected = {"external_id": "t-1", "archived": False} | _TASK | _MORE
    assert (created.status_code, created.json()) == (201, expected)
    replaced = await pms.put("/tasks/t-1", json=_TASK | {"status": "done"})
    assert (replaced.status_code, replaced.json()) == (
        200,
        expected | _EMPTY | {"status": "done"},
    )
    for _ in range(2):
        assert (await pms.delete("/tasks/t-1")).status_code == 204
    assert (await pms.get("/tasks")).json()["items"] == []
    shown = (await pms.get("/tasks/t-1")).json()
    assert shown["archived"] is True
    await pms.put("/tasks/t-1", json=shown | {"room": 3})
    assert (await pms.get("/tasks")).json()["items"] == [shown | {"archived": False}]


async def test_a_time_is_answered_in_utc(here: Installation) -> None:
    answer = await here.pms.put("/tasks/t-1", json=_TASK | {"due_at": "2026-12-05T11:00:00+01:00"})
    assert answer.json()["due_at"] == "2026-12-05T10:00:00Z"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": " \n"},
        {"title": "x" * 201},
        {"title": None},
        {"kind": "painting"},
        {"status": "closed"},
        {"due_at": "2026-12-05T10:00:00"},
        {"due_at": "2026-12-05"},
        {"due_at": 1796000000},
        {"due_at": "0001-01-01T00:00:00+14:00"},
        {"accommodation": "another"},
        {"reservation": "another"},
        {"supplier": "nobody"},
        {"supplier": "g-1"},
    ],
)
async def test_a_task_with_a_mistake_is_refused(here: Installation, wrong: dict[str, Any]) -> None:
    await _world(here)
    answer = await here.pms.put("/tasks/t-1", json=_TASK | wrong)
    assert_problem(answer, 422, "invalid")
    assert (await here.pms.get("/tasks/t-1")).status_code == 404


async def test_what_is_not_known_is_named(here: Installation) -> None:
    answer = await here.pms.put("/tasks/t-1", json=_TASK | {"supplier": "f-9"})
    assert answer.json()["errors"] == [
        {"where": "body.supplier", "why": "No supplier has been put under this key"}
    ]


@pytest.mark.postgresql("its statements")
async def test_another_company_s_tasks_are_not_there(on_each: Installation) -> None:
    await _world(on_each)
    await on_each.pms.put("/tasks/t-1", json=_TASK | _MORE)
    theirs = on_each.other
    assert (await theirs.get("/tasks/t-1")).status_code == 404
    assert (await theirs.delete("/tasks/t-1")).status_code == 404
    assert (await theirs.get("/tasks")).json()["items"] == []
    assert_problem(await theirs.put("/tasks/t-1", json=_TASK | _MORE), 422, "invalid")


async def test_a_list_is_paged(here: Installation) -> None:
    for number in range(3):
        await here.pms.put(f"/tasks/t-{number}", json=_TASK)
    page = (await here.pms.get("/tasks?limit=2")).json()
    rest = (await here.pms.get(f"/tasks?limit=2&cursor={page['next_cursor']}")).json()
    found = [item["external_id"] for item in [*page["items"], *rest["items"]]]
    assert (found, rest["next_cursor"]) == (["t-0", "t-1", "t-2"], None)


async def test_the_same_write_twice_is_one(here: Installation) -> None:
    key = {"idempotency-key": "k-1"}
    first = await here.pms.put("/tasks/t-1", json=_TASK, headers=key)
    again = await here.pms.put("/tasks/t-1", json=_TASK, headers=key)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    other = await here.pms.put("/tasks/t-1", json=_TASK | {"status": "done"}, headers=key)
    assert_problem(other, 409, "idempotency-key-reused")
