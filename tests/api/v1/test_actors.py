"""Actors over the API, and the conversations that waited for them (A2, A3)."""

from typing import Any

import pytest

from tests.api.two_companies import Installation, assert_problem

pytestmark = pytest.mark.anyio


@pytest.mark.postgresql("its statements")
async def test_an_actor_is_created_then_replaced_and_numbers_are_kept_as_given(
    on_each: Installation,
) -> None:
    given = {"kind": "guest", "name": " Ada  Bianchi", "phones": ["0039 333 1112223", "3471234567"]}
    created = await on_each.pms.put("/actors/g-1", json=given | {"language": "it", "country": "it"})
    assert created.status_code == 201
    assert created.json() == {
        "external_id": "g-1",
        "kind": "guest",
        "name": "Ada Bianchi",
        "phones": [
            {"raw": "0039 333 1112223", "e164": "+393331112223", "whatsapp": False},
            {"raw": "3471234567", "e164": None, "whatsapp": False},
        ],
        "email": None,
        "language": "it",
        "country": "IT",
        "archived": False,
    }
    replaced = await on_each.pms.put("/actors/g-1", json={"kind": "owner", "name": "Ada B."})
    assert replaced.status_code == 200
    shown = (await on_each.pms.get("/actors/g-1")).json()
    assert (shown["kind"], shown["phones"], shown["language"]) == ("owner", [], None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "x"},
        {"name": ""},
        {"name": 1},
        {"language": "!"},
        {"country": "ZZ"},
        {"phones": "1"},
    ],
)
async def test_an_actor_with_a_mistake_is_refused(
    here: Installation, wrong: dict[str, Any]
) -> None:
    answer = await here.pms.put("/actors/g-1", json={"kind": "guest", "name": "Ada"} | wrong)
    assert_problem(answer, 422, "invalid")


async def test_an_actor_may_be_put_back_as_it_was_shown(here: Installation) -> None:
    await here.pms.put("/actors/g-1", json={"kind": "guest", "name": "Ada"})
    shown = (await here.pms.get("/actors/g-1")).json()
    answer = await here.pms.put("/actors/g-1", json=shown | {"name": "Ada B.", "loyalty": 3})
    assert (answer.status_code, answer.json()) == (200, shown | {"name": "Ada B."})


async def test_an_archived_actor_leaves_the_list_and_comes_back(here: Installation) -> None:
    actor = {"kind": "guest", "name": "Ada"}
    await here.pms.put("/actors/g-1", json=actor)
    for _ in range(2):
        assert (await here.pms.delete("/actors/g-1")).status_code == 204
    assert (await here.pms.get("/actors")).json()["items"] == []
    assert (await here.pms.get("/actors/g-1")).json()["archived"] is True
    await here.pms.put("/actors/g-1", json=actor)
    assert (await here.pms.get("/actors/g-1")).json()["archived"] is False


@pytest.mark.postgresql("its statements")
async def test_an_actor_that_arrives_later_is_linked_to_the_conversation_that_waited(
    on_each: Installation,
) -> None:
    opened = (await on_each.pms.post("/conversations", json={"phone": "+39 333 1112223"})).json()
    assert opened["actor"] is None
    actor = {"kind": "guest", "name": "Bruno", "phones": ["+393331112223"]}
    await on_each.pms.put("/actors/b", json=actor)
    shown = (await on_each.pms.get(f"/conversations/{opened['id']}")).json()
    assert shown["actor"] == {"external_id": "b", "kind": "guest", "name": "Bruno"}


@pytest.mark.postgresql("its statements")
async def test_a_number_that_two_actors_have_is_nobodys(on_each: Installation) -> None:
    actor = {"kind": "guest", "name": "Bruno", "phones": ["+393331112223"]}
    await on_each.pms.put("/actors/b", json=actor)
    await on_each.pms.put("/actors/c", json=actor | {"name": "Carla"})
    opened = (await on_each.pms.post("/conversations", json={"phone": "+393331112223"})).json()
    assert opened["actor"] is None
    linked = (await on_each.pms.post("/conversations", json={"actor": "b"})).json()
    assert (linked["id"], linked["actor"]["external_id"]) == (opened["id"], "b")
    refused = await on_each.pms.post("/conversations", json={"actor": "c"})
    assert_problem(refused, 409, "number-of-another")


async def test_numbers_are_taken_back_as_they_were_shown(here: Installation) -> None:
    phones = [{"raw": "+393331112223", "whatsapp": True}, "347 1234567"]
    given = {"kind": "guest", "name": "Ada", "phones": phones}
    shown = (await here.pms.put("/actors/g-1", json=given)).json()
    assert [(each["raw"], each["whatsapp"]) for each in shown["phones"]] == [
        ("+393331112223", True),
        ("347 1234567", False),
    ]
    assert (await here.pms.put("/actors/g-1", json=shown)).json() == shown
    as_texts = given | {"phones": ["347 1234567", "+39 333 1112223"]}
    kept = (await here.pms.put("/actors/g-1", json=as_texts)).json()
    assert [each["whatsapp"] for each in kept["phones"]] == [False, True]
    unchosen = given | {"phones": [{"raw": "+393331112223"}]}
    assert (await here.pms.put("/actors/g-1", json=unchosen)).json()["phones"][0][
        "whatsapp"
    ] is False


@pytest.mark.postgresql("its statements")
async def test_two_actors_are_made_one(on_each: Installation) -> None:
    for key, name in (("old", "Ada B."), ("new", "Ada Bianchi")):
        number = {"phones": ["+393331112223"]} if key == "old" else {}
        await on_each.pms.put(f"/actors/{key}", json={"kind": "guest", "name": name} | number)
    begun = (await on_each.pms.post("/conversations", json={"actor": "old"})).json()["id"]
    for _ in range(2):
        merged = await on_each.pms.post("/actors/old/merge", json={"into": "new"})
        assert (merged.status_code, merged.json()["external_id"]) == (200, "new")
        assert [each["raw"] for each in merged.json()["phones"]] == ["+393331112223"]
    theirs = (await on_each.pms.get("/conversations", params={"actor": "old"})).json()["items"]
    assert [(each["id"], each["actor"]["name"]) for each in theirs] == [(begun, "Ada Bianchi")]
    assert (await on_each.pms.get("/actors/old")).json()["archived"] is True


async def test_a_merge_with_nobody_is_refused(here: Installation) -> None:
    for key in ("a", "b"):
        await here.pms.put(f"/actors/{key}", json={"kind": "guest", "name": key})
    for into in ("a", "nobody"):
        assert_problem(await here.pms.post("/actors/a/merge", json={"into": into}), 422, "actor")
    for client, gone in ((here.pms, "nobody"), (here.other, "a")):
        answer = await client.post(f"/actors/{gone}/merge", json={"into": "b"})
        assert_problem(answer, 404, "not-found")
    await here.pms.delete("/actors/b")
    assert_problem(await here.pms.post("/actors/a/merge", json={"into": "b"}), 409, "merge")
