"""Conversations over the API: shown, and opened with a number or an actor."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from inbox_app import clock
from tests.api.two_companies import Installation, ada_writes, assert_problem
from tests.support.factories import ADA_PHONE

pytestmark = pytest.mark.anyio


@pytest.mark.postgresql("its statements")
async def test_a_conversation_says_all_that_the_contract_promises(on_each: Installation) -> None:
    opened = await ada_writes(on_each)
    shown = (await on_each.pms.get(f"/conversations/{opened}")).json()
    assert datetime.fromisoformat(shown.pop("waiting_since")) <= clock.now()
    last, closes = shown.pop("last_message_at"), shown["window"].pop("closes_at")
    assert datetime.fromisoformat(closes) - datetime.fromisoformat(last) == timedelta(hours=24)
    assert shown == {
        "id": opened,
        "channel": "whatsapp",
        "address": {
            "phone": ADA_PHONE,
            "wa_id": ADA_PHONE.removeprefix("+"),
            "user_id": None,
            "username": None,
        },
        "profile_name": None,
        "actor": {"external_id": None, "kind": "guest", "name": "Ada Bianchi"},
        "reservation": None,
        "labels": [],
        "to_answer": True,
        "snooze": None,
        "snoozed_until": None,
        "done": False,
        "starred": False,
        "unread": 1,
        "preview": "Ciao",
        "window": {"state": "open"},
        "control": "composer",
        "assigned_to": None,
        "archived": False,
        "group": False,
    }
    listed = (await on_each.pms.get("/conversations")).json()
    assert [one["id"] for one in listed["items"]] == [opened]


@pytest.mark.postgresql("what a number may be")
async def test_an_actor_that_no_database_can_hold_is_nobody(on_each: Installation) -> None:
    answer = await on_each.pms.post("/conversations", json={"actor": "x\x00"})
    assert_problem(answer, 422, "invalid")


async def test_a_conversation_is_made_once_for_all_spellings_of_a_number(
    here: Installation,
) -> None:
    spellings = ("+55 11 8765-4321", "+55 11 98765-4321", "005511987654321")
    answers = [await here.pms.post("/conversations", json={"phone": one}) for one in spellings]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert len({answer.json()["id"] for answer in answers}) == 1


@pytest.mark.postgresql("many at once")
async def test_of_many_conversations_with_one_number_at_once_one_is_made(
    on_each: Installation,
) -> None:
    phone = {"phone": "+393331112223"}
    answers = await asyncio.gather(
        *(on_each.pms.post("/conversations", json=phone) for _ in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_one_that_was_begun_while_this_call_waited_was_there(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = {"phone": "+393331112223"}
    made = await here.pms.post("/conversations", json=phone)
    earlier = clock.now() - timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    again = await here.pms.post("/conversations", json=phone)
    assert (made.status_code, again.status_code) == (201, 200)


@pytest.mark.postgresql("its statements")
async def test_an_actor_without_a_number_has_one_conversation_that_waits(
    on_each: Installation,
) -> None:
    await on_each.pms.put("/actors/b", json={"kind": "supplier", "name": "Bruno"})
    made = await on_each.pms.post("/conversations", json={"actor": "b"})
    assert (made.status_code, made.json()["address"]) == (201, None)
    assert made.json()["control"] == "add_phone"
    again = await on_each.pms.post("/conversations", json={"actor": "b"})
    assert (again.status_code, again.json()["id"]) == (200, made.json()["id"])


@pytest.mark.parametrize("phone", ["3471234567", "+393", "abc", "", "+39 0541 555100"])
async def test_a_number_nobody_can_be_written_at_is_refused(here: Installation, phone: str) -> None:
    assert_problem(await here.pms.post("/conversations", json={"phone": phone}), 422, "phone")


async def test_a_list_costs_no_query_for_each_row(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for engine in {here.runtime.database._reader, here.runtime.database._writer}:
        event.listen(
            engine.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2])
        )
    costs: list[int] = []
    for number in range(6):
        await here.pms.post("/conversations", json={"phone": f"+39347000000{number}"})
        asked.clear()
        await here.pms.get("/conversations")
        costs.append(len(asked))
    assert costs[1:] == [costs[1]] * 5


@pytest.mark.postgresql("rows are changed where they are")
async def test_one_is_put_away_and_taken_back_and_is_unread_again(on_each: Installation) -> None:
    opened = await ada_writes(on_each)
    path = f"/conversations/{opened}"
    answer = await on_each.pms.patch(path, json={"archived": True})
    assert (answer.status_code, answer.json()["archived"]) == (200, True)
    listed = await on_each.pms.get("/conversations", params={"filter": "all"})
    assert listed.json()["items"] == []
    assert (await on_each.pms.patch(path, json={"archived": False})).json()["archived"] is False
    assert (await on_each.pms.patch(path, json={"unread": True})).json()["unread"] == 1
    assert (await on_each.pms.patch(path, json={})).json()["archived"] is False
    for wrong in ({"archived": "maybe"}, {"unread": False}, {"stars": 5}, _BOTH):
        assert (await on_each.pms.patch(path, json=wrong)).status_code == 422
    for nobody in ("999999", "x"):
        answer = await on_each.pms.patch(f"/conversations/{nobody}", json={"archived": True})
        assert_problem(answer, 404, "not-found")


_BOTH = {"done": True, "snoozed_until": None}


@pytest.mark.postgresql("what stands in the row")
async def test_a_conversation_is_done_snoozed_and_to_do_again(on_each: Installation) -> None:
    path = f"/conversations/{await ada_writes(on_each)}"
    later = (clock.now() + timedelta(hours=5)).replace(microsecond=0).isoformat()

    async def listed(filter_: str) -> int:
        answer = await on_each.pms.get("/conversations", params={"filter": filter_})
        return len(answer.json()["items"])

    async def stands(**wanted: object) -> tuple[bool, bool, str | None]:
        one = (await on_each.pms.patch(path, json=wanted)).json()
        return one["to_answer"], one["done"], one["snooze"]

    assert await listed("to_answer") == 1
    assert await stands(done=True) == (False, True, None)
    assert await listed("done") == 1
    assert await stands(done=False) == (True, False, None)
    assert await stands(snoozed_until=later) == (False, False, "time")
    assert (await on_each.pms.get(path)).json()["snoozed_until"] is not None
    assert await listed("snoozed") == 1
    assert await stands(snoozed_until=None) == (True, False, None)
    assert (await on_each.pms.patch(path, json={"starred": True})).json()["starred"] is True
    assert await listed("starred") == 1
    gone = (clock.now() - timedelta(hours=1)).isoformat()
    assert_problem(await on_each.pms.patch(path, json={"snoozed_until": gone}), 422, "snooze")


async def test_labels_are_named_and_their_conversations_listed(here: Installation) -> None:
    opened = await ada_writes(here)
    path, pms = f"/conversations/{opened}", here.pms
    assert (await pms.patch(path, json={"labels": ["VIP", "Tardi"]})).json()["labels"] == [
        "Tardi",
        "VIP",
    ]
    assert (await pms.patch(path, json={"labels": ["vip"]})).json()["labels"] == ["VIP"]

    async def listed(name: str) -> list[str]:
        answer = await pms.get("/conversations", params={"label": name, "filter": "all"})
        return [each["id"] for each in answer.json()["items"]]

    assert (await listed("vip"), await listed("Tardi"), await listed("?")) == ([opened], [], [])
    made = (await pms.post("/labels", json={"name": "Ospite", "colour": "green"})).json()
    [_, late, vip] = (await pms.get("/labels")).json()["items"]
    assert_problem(await pms.post("/labels", json={"name": "VIP"}), 422, "invalid")
    assert (await pms.patch(f"/labels/{made['id']}", json={"name": "O"})).json()["name"] == "O"
    merged = await pms.post(f"/labels/{vip['id']}/merge", json={"into": made["id"]})
    assert merged.json() == {"id": made["id"], "name": "O", "colour": "green"}
    assert await listed("O") == [opened]
    assert (await pms.delete(f"/labels/{late['id']}")).status_code == 204
    for wrong in ("", "x" * 41):
        assert_problem(await pms.patch(path, json={"labels": [wrong]}), 422, "invalid")
    assert (await here.other.delete(f"/labels/{made['id']}")).status_code == 404
    assert (await here.other.get("/labels")).json()["items"] == []


@pytest.mark.postgresql("its statements")
async def test_it_is_assigned_by_e_mail_and_to_nobody(on_each: Installation) -> None:
    opened = await ada_writes(on_each)
    at, whose = f"/conversations/{opened}", {"assigned_to": "Marta@casedelsole.it"}
    assert (await on_each.pms.patch(at, json=whose)).json()["assigned_to"] == "marta@casedelsole.it"
    unassigned = {"filter": "unassigned"}
    assert (await on_each.pms.get("/conversations", params=unassigned)).json()["items"] == []
    for nobody in ("luca@casedelsole.it", "", "x\x00"):
        answer = await on_each.pms.patch(at, json={"assigned_to": nobody, "starred": True})
        assert answer.status_code == 422
    shown = (await on_each.pms.patch(at, json={"done": True})).json()
    assert (shown["assigned_to"], shown["starred"]) == ("marta@casedelsole.it", False)
    nobodys = {"assigned_to": None}
    assert (await on_each.other.patch(at, json=nobodys)).status_code == 404
    assert (await on_each.pms.patch(at, json=nobodys)).json()["assigned_to"] is None


@pytest.mark.postgresql("refuses such text")
@pytest.mark.parametrize("name", ["channel", "actor", "reservation", "label"])
async def test_a_name_that_no_database_takes_is_refused(on_each: Installation, name: str) -> None:
    await ada_writes(on_each)
    answer = await on_each.pms.get("/conversations", params={name: "a\0b"})
    assert_problem(answer, 422, "invalid")
