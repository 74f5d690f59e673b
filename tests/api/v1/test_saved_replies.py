"""Saved replies over the API (M8)."""

from typing import Any

import pytest

from tests.api.two_companies import Installation, assert_problem

pytestmark = pytest.mark.anyio

DOOR: dict[str, Any] = {"name": "Porta", "texts": {"it": "Codice {door_code}", "en": "Code"}}


async def test_a_saved_reply_is_made_replaced_and_deleted(here: Installation) -> None:
    made = await here.pms.post("/saved_replies", json=DOOR)
    assert made.status_code == 201
    id_ = made.json()["id"]
    assert made.json() == DOOR | {
        "id": id_,
        "use_count": 0,
        "updated_at": made.json()["updated_at"],
    }
    changed = await here.pms.put(
        f"/saved_replies/{id_}", json={"name": "Chiave", "texts": {"it": "Sotto il vaso"}}
    )
    assert (changed.status_code, changed.json()["texts"]) == (200, {"it": "Sotto il vaso"})
    listed = (await here.pms.get("/saved_replies")).json()
    assert [one["name"] for one in listed["items"]] == ["Chiave"]
    assert (await here.pms.delete(f"/saved_replies/{id_}")).status_code == 204
    assert_problem(await here.pms.get(f"/saved_replies/{id_}"), 404, "not-found")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"texts": {}},
        {"texts": {"it": "\u200b"}},
        {"texts": {"it": "{nonsense}"}},
        {"texts": {"!!": "Ciao"}},
        {"texts": {"it": "x" * 4001}},
        {"name": "porta"},
    ],
)
async def test_what_cannot_be_kept_is_refused_with_the_reason(
    here: Installation, wrong: dict[str, Any]
) -> None:
    assert (await here.pms.post("/saved_replies", json=DOOR)).status_code == 201
    answer = await here.pms.post("/saved_replies", json=DOOR | {"name": "Altra"} | wrong)
    assert_problem(answer, 422, "invalid")
    assert len((await here.pms.get("/saved_replies")).json()["items"]) == 1


async def test_pages_go_on_where_the_last_ended(here: Installation) -> None:
    for name in "ABC":
        await here.pms.post("/saved_replies", json=DOOR | {"name": name})
    first = (await here.pms.get("/saved_replies?limit=2")).json()
    rest = (await here.pms.get(f"/saved_replies?limit=2&cursor={first['next_cursor']}")).json()
    names = [one["name"] for page in (first, rest) for one in page["items"]]
    assert (names, rest["next_cursor"]) == (["A", "B", "C"], None)


async def test_another_companys_replies_do_not_exist(here: Installation) -> None:
    id_ = (await here.pms.post("/saved_replies", json=DOOR)).json()["id"]
    assert_problem(await here.other.get(f"/saved_replies/{id_}"), 404, "not-found")
    assert_problem(await here.other.put(f"/saved_replies/{id_}", json=DOOR), 404, "not-found")
    assert_problem(await here.other.delete(f"/saved_replies/{id_}"), 404, "not-found")
    assert (await here.other.get("/saved_replies")).json()["items"] == []
