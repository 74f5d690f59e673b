"""Accommodations over the API: what guests are told of a home, and who reads it (A3, S3)."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from inbox_app.clock import real_now
from inbox_app.models import Accommodation, IdempotentAnswer
from inbox_app.queries.saved_replies.filled_replies import filled_replies
from inbox_app.vault import Vault
from tests.api.two_companies import Installation, assert_problem

pytestmark = pytest.mark.anyio

_HOME = {"name": "Casa Blu", "timezone": "Europe/Rome"}
_FACTS = {
    "address": "Via San Vito 12, Polignano a Mare",
    "country": "IT",
    "check_in_time": "16:00",
    "check_out_time": "10:00",
    "check_in_instructions": "La porta blu\naccanto al forno",
    "door_code": "2741#",
    "wifi_name": "Casa Blu ospiti",
    "wifi_password": "mareblu2026",
    "parking": "Via Cala Ponte",
    "house_rules": "Silenzio dopo le 23",
}
_SECRETS = ("2741#", "mareblu2026")


@pytest.mark.postgresql("its statements")
async def test_an_accommodation_is_created_replaced_archived_and_comes_back(
    on_each: Installation,
) -> None:
    pms = on_each.pms
    created = await pms.put("/accommodations/casa-blu", json=_HOME | _FACTS)
    expected = {"external_id": "casa-blu", "archived": False} | _HOME | _FACTS
    assert (created.status_code, created.json()) == (201, expected)
    replaced = await pms.put("/accommodations/casa-blu", json=_HOME | {"door_code": ""})
    shown = (await pms.get("/accommodations/casa-blu")).json()
    assert (replaced.status_code, replaced.json()) == (200, shown)
    assert shown == expected | dict.fromkeys(_FACTS)
    for _ in range(2):
        assert (await pms.delete("/accommodations/casa-blu")).status_code == 204
    assert (await pms.get("/accommodations")).json()["items"] == []
    assert (await pms.get("/accommodations/casa-blu")).json()["archived"] is True
    await pms.put("/accommodations/casa-blu", json=shown | {"stars": 3})
    assert (await pms.get("/accommodations")).json()["items"] == [shown]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"timezone": "Rome"},
        {"timezone": "../../etc/passwd"},
        {"country": "XX"},
        {"check_in_time": "4 pm"},
        {"check_out_time": "24:00"},
        {"door_code": "1" * 201},
        {"house_rules": "x" * 20_001},
        {"wifi_password": 12},
    ],
)
async def test_an_accommodation_with_a_mistake_is_refused(
    here: Installation, wrong: dict[str, Any]
) -> None:
    answer = await here.pms.put("/accommodations/casa-blu", json=_HOME | wrong)
    assert_problem(answer, 422, "invalid")
    assert (await here.pms.get("/accommodations/casa-blu")).status_code == 404


async def test_codes_are_readable_neither_at_rest_nor_in_what_the_api_remembers_nor_in_the_log(
    here: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = {"idempotency-key": "one"}
    first = await here.pms.put("/accommodations/casa-blu", json=_HOME | _FACTS, headers=key)
    again = await here.pms.put("/accommodations/casa-blu", json=_HOME | _FACTS, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    await here.pms.put("/accommodations/casa-blu", json=_FACTS | {"timezone": "2741#"})
    async with here.runtime.database.reading() as session:
        rows = [
            *(await session.exec(select(Accommodation))).all(),
            *(await session.exec(select(IdempotentAnswer))).all(),
        ]
    assert len(rows) == 2
    for secret in _SECRETS:
        assert secret not in repr(rows)
        assert secret not in caplog.text


async def test_codes_that_another_key_encrypted_are_not_known(here: Installation) -> None:
    await here.pms.put("/accommodations/casa-blu", json=_HOME | _FACTS)
    async with here.runtime.database.transaction() as session:
        home = (await session.exec(select(Accommodation))).one()
        home.door_code_encrypted = Vault("another SECRET_KEY").encrypt("2741#")
        session.add(home)
    shown = (await here.pms.get("/accommodations/casa-blu")).json()
    assert (shown["door_code"], shown["wifi_password"]) == (None, "mareblu2026")


async def test_a_reservation_finds_it_and_a_saved_reply_is_filled_in_with_its_facts(
    here: Installation,
) -> None:
    pms = here.pms
    await pms.put("/accommodations/casa-blu", json=_HOME | _FACTS)
    await pms.put("/actors/g", json={"kind": "guest", "name": "Ida", "phones": ["+393331112223"]})
    stay = {"code": "CB-1", "accommodation": "casa-blu", "guests": ["g"], "status": "confirmed"}
    days = {"check_in": _day(1), "check_out": _day(4)}
    assert (await pms.put("/reservations/r", json=stay | days)).status_code == 201
    fields = "{door_code} {wifi_name} {wifi_password} {parking} {house_rules} {address}"
    await pms.post("/saved_replies", json={"name": "Tutto", "texts": {"it": fields}})
    opened = (await pms.post("/conversations", json={"actor": "g"})).json()
    async with here.runtime.database.reading() as session:
        filled = await filled_replies(
            session,
            here.world.account_id,
            int(opened["id"]),
            real_now(),
            here.runtime.vault,
            limit=9,
        )
    (reply,) = filled["replies"]
    told = [_FACTS[key] for key in fields.replace("{", "").replace("}", "").split()]
    assert reply["text"] == " ".join(told)


@pytest.mark.postgresql("its statements")
async def test_another_company_s_accommodations_are_not_there(on_each: Installation) -> None:
    await on_each.pms.put("/accommodations/casa-blu", json=_HOME | _FACTS)
    theirs = on_each.other
    assert (await theirs.get("/accommodations/casa-blu")).status_code == 404
    assert (await theirs.delete("/accommodations/casa-blu")).status_code == 404
    assert (await theirs.get("/accommodations")).json()["items"] == []
    own = await theirs.put("/accommodations/casa-blu", json=_HOME | {"name": "Altra"})
    assert own.status_code == 201
    shown = (await on_each.pms.get("/accommodations/casa-blu")).json()
    assert (shown["name"], shown["door_code"]) == ("Casa Blu", "2741#")


async def test_a_list_is_paged(here: Installation) -> None:
    for number in range(3):
        await here.pms.put(f"/accommodations/a-{number}", json=_HOME)
    page = (await here.pms.get("/accommodations?limit=2")).json()
    rest = (await here.pms.get(f"/accommodations?cursor={page['next_cursor']}")).json()
    keys = [item["external_id"] for item in [*page["items"], *rest["items"]]]
    assert (keys, rest["next_cursor"]) == (["a-0", "a-1", "a-2"], None)


def _day(later: int) -> str:
    return (real_now().date() + timedelta(days=later)).isoformat()
