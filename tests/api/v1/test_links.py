"""Unknown senders are linked over the API, and unlinked (A1)."""

import pytest

from tests.api.two_companies import Installation, assert_problem

pytestmark = pytest.mark.anyio

STRANGER = "+393401112233"


async def a_stranger(here: Installation) -> str:
    return (await here.pms.post("/conversations", json={"phone": STRANGER})).json()["id"]


async def tell(here: Installation, external_id: str, *phones: str) -> None:
    actor = {"kind": "guest", "name": f"Signora {external_id}", "phones": phones}
    assert (await here.pms.put(f"/actors/{external_id}", json=actor)).status_code == 201


@pytest.mark.postgresql("its statements")
async def test_a_link_is_made_told_and_undone(on_each: Installation) -> None:
    opened = await a_stranger(on_each)
    await tell(on_each, "dora", "+39 347 000 1122")

    linked = await on_each.pms.post(f"/conversations/{opened}/link", json={"actor": "dora"})
    assert linked.status_code == 200
    dora = {"external_id": "dora", "kind": "guest", "name": "Signora dora"}
    assert linked.json()["actor"] == dora
    assert (await on_each.pms.get(f"/conversations/{opened}")).json()["actor"] == dora
    phones = (await on_each.pms.get("/actors/dora")).json()["phones"]
    assert [(phone["e164"], phone["whatsapp"]) for phone in phones] == [
        ("+393470001122", False),
        (STRANGER, True),
    ]

    assert (await on_each.pms.delete(f"/conversations/{opened}/link")).status_code == 204
    assert (await on_each.pms.get(f"/conversations/{opened}")).json()["actor"] is None
    assert len((await on_each.pms.get("/actors/dora")).json()["phones"]) == 1
    again = await on_each.pms.delete(f"/conversations/{opened}/link")
    assert_problem(again, 404, "not-found")


async def test_a_conversation_of_another_stays_theirs(here: Installation) -> None:
    opened = await a_stranger(here)
    for external_id in ("dora", "elio"):
        await tell(here, external_id)
    link = f"/conversations/{opened}/link"
    for _ in range(2):
        assert (await here.pms.post(link, json={"actor": "dora"})).status_code == 200
    problem = assert_problem(
        await here.pms.post(link, json={"actor": "elio"}), 409, "already-linked"
    )
    assert problem["actor"] == "dora"


async def test_what_is_not_there_is_not_linked(here: Installation) -> None:
    opened = await a_stranger(here)
    await tell(here, "dora")
    link = f"/conversations/{opened}/link"
    assert_problem(await here.pms.post(link, json={"actor": "nobody"}), 422, "actor")
    assert_problem(await here.pms.post(link, json={"actor": ""}), 422, "invalid")
    assert_problem(await here.pms.post(link, json={"name": "dora"}), 422, "invalid")
    nowhere = await here.pms.post("/conversations/999/link", json={"actor": "dora"})
    assert_problem(nowhere, 404, "not-found")


async def test_another_company_s_conversation_is_not_there(here: Installation) -> None:
    opened = await a_stranger(here)
    await here.other.put("/actors/theirs", json={"kind": "guest", "name": "X"})
    link = f"/conversations/{opened}/link"
    assert_problem(await here.other.post(link, json={"actor": "theirs"}), 404, "not-found")
    assert_problem(await here.other.delete(link), 404, "not-found")
