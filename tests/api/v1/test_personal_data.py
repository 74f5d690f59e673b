"""One person's data over the API: given out, and erased (A6)."""

import io
import json
from zipfile import ZipFile

import pytest
from sqlmodel import select

from inbox_app.models import Actor, AuditEntry
from tests.api.two_companies import Installation, ada_writes, assert_problem
from tests.support.factories import ADA_PHONE

pytestmark = pytest.mark.anyio


async def _ada_has_a_key(here: Installation) -> None:
    async with here.runtime.database.transaction() as session:
        ada = await session.get_one(Actor, here.world.ada_id)
        ada.external_id = "g-1"
        session.add(ada)


@pytest.mark.postgresql("its statements")
async def test_a_person_is_given_out_and_then_erased(on_each: Installation) -> None:
    opened = await ada_writes(on_each, text="Arrivo alle 21")
    await _ada_has_a_key(on_each)
    answer = await on_each.pms.get("/actors/g-1/export")
    assert answer.headers["content-type"] == "application/zip"
    archive = ZipFile(io.BytesIO(answer.content))
    assert json.loads(archive.read("person.json"))["name"] == "Ada Bianchi"
    assert "Arrivo alle 21" in archive.read("messages.jsonl").decode()

    erased = await on_each.pms.post("/actors/g-1/erase")
    assert (erased.status_code, erased.json()) == (
        200,
        {"conversations": 1, "messages": 1, "files": 0},
    )
    (message,) = (await on_each.pms.get(f"/conversations/{opened}/messages")).json()["items"]
    assert message["text"] is None
    for again in ("/actors/g-1/erase", "/actors/g-1/merge"):
        assert_problem(await on_each.pms.post(again, json={"into": "x"}), 404, "not-found")
    assert_problem(await on_each.pms.get("/actors/g-1/export"), 404, "not-found")
    async with on_each.runtime.database.reading() as session:
        left = [(each.what, each.details["by"]) for each in await session.exec(select(AuditEntry))]
    assert left == [("actor.exported", "api"), ("actor.erased", "api")]


async def test_another_company_cannot_have_or_erase_them(here: Installation) -> None:
    await ada_writes(here)
    await _ada_has_a_key(here)
    assert_problem(await here.other.get("/actors/g-1/export"), 404, "not-found")
    assert_problem(await here.other.post("/actors/g-1/erase"), 404, "not-found")
    assert (await here.pms.get("/actors/g-1")).json()["phones"][0]["e164"] == ADA_PHONE
