"""Templates over the API: listed, made, read anew, sent (docs/contract.md)."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import select

from inbox_app import clock
from inbox_app.live import Change
from inbox_app.models import Account, Address, Connection, Message, Outbox, Template
from inbox_app.sandbox.simulator.people import TOKEN
from tests.api.two_companies import Installation, ada_writes, assert_problem
from tests.support.servers.simulated_meta import Clock, Meta, simulated_meta
from tests.support.templates import CHECK_IN, at_meta, here

pytestmark = pytest.mark.anyio

NEW = {
    "category": "utility",
    "internal_name": "Il check-in",
    "body": CHECK_IN,
    "language": "pt-BR",
}


@pytest.fixture
async def meta(here: Installation) -> Meta:
    """The simulated one, in the place of the installation's."""
    meta = simulated_meta(Clock(clock.now()))
    object.__setattr__(here.runtime, "http", httpx.AsyncClient(transport=meta.wire))
    vars(here.runtime.settings).update(graph_url="http://meta/sandbox/graph")
    async with here.runtime.database.transaction() as session:
        connection = (await session.exec(select(Connection))).one()
        connection.credentials_encrypted = here.runtime.vault.encrypt(TOKEN)
    return meta


async def one(installation: Installation, name: str = "check_in", **changes: Any) -> str:
    """A template of the first company's; its id."""
    async with installation.runtime.database.transaction() as session:
        template = await here(session, installation.world, clock.now(), name, **changes)
    return str(template.id)


async def sent(installation: Installation, id_: str) -> httpx.Response:
    """Sent to Ada, whose window has closed."""
    text = f"For template {id_}"
    opened = await ada_writes(installation, hours_ago=30, text=text)
    url = f"/conversations/{opened}/messages"
    return await installation.pms.post(url, json={"template": id_})


async def test_a_template_says_all_that_the_contract_promises(here: Installation) -> None:
    id_ = await one(
        here,
        language="pt_BR",
        category="marketing",
        internal_name="Il check-in",
        components=[
            {"type": "HEADER", "format": "TEXT", "text": "Ciao"},
            {"type": "BODY", "text": "Vedi {{1}}"},
        ],
    )
    (template,) = (await here.pms.get("/templates")).json()["items"]
    assert template.pop("updated_at").endswith("Z")
    assert template == {
        "id": id_,
        "name": "check_in",
        "internal_name": "Il check-in",
        "language": "pt-BR",
        "category": "marketing",
        "body": "Vedi {{1}}",
        "header": "Ciao",
        "footer": None,
        "state": "incompatible",
        "reasons": ["variable"],
        "meta_status": "APPROVED",
    }


async def test_a_refused_one_tells_metas_reason(here: Installation) -> None:
    await one(here, meta_status="REJECTED", meta_reason="SCAM")
    (template,) = (await here.pms.get("/templates")).json()["items"]
    assert (template["state"], template["reasons"]) == ("cancelled", ["SCAM"])


async def test_the_list_comes_in_pages_without_what_is_gone_or_anothers(
    here: Installation,
) -> None:
    ids = [await one(here, f"t{number}") for number in range(3)]
    await one(here, "gone", hidden_at=clock.now())
    first = (await here.pms.get("/templates?limit=2")).json()
    second = (await here.pms.get(f"/templates?limit=2&cursor={first['next_cursor']}")).json()
    assert [item["id"] for item in first["items"] + second["items"]] == ids
    assert second["next_cursor"] is None
    assert (await here.other.get("/templates")).json()["items"] == []
    assert_problem(await here.other.get(f"/templates/{ids[0]}"), 404, "not-found")


async def test_a_new_one_waits_for_meta(here: Installation, meta: Meta) -> None:
    answer = await here.pms.post("/templates", json=NEW)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["state"], made["language"], made["name"]) == ("pending", "pt-BR", "il_check_in")
    assert (await here.pms.get(f"/templates/{made['id']}")).json() == made
    assert [template.language for template in meta.simulator.store.templates] == ["pt_BR"]


async def test_a_new_one_is_measured_in_real_time(
    here: Installation, meta: Meta, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = clock.real_now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: ahead)
    assert (await here.pms.post("/templates", json=NEW)).status_code == 201
    async with here.runtime.database.reading() as session:
        made = (await session.exec(select(Template))).one()
    assert made.updated_at < ahead


async def test_the_same_request_again_gets_the_same_answer(here: Installation, meta: Meta) -> None:
    key = {"Idempotency-Key": "once"}
    first = await here.pms.post("/templates", json=NEW, headers=key)
    again = await here.pms.post("/templates", json=NEW, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert len(meta.simulator.store.templates) == 1


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"body": "Ciao {{1}}"}, "body.body"),
        ({"body": "vedi www.casa.it"}, "body.body"),
        ({"body": "x" * 1025}, "body.body"),
        ({"body": ""}, "body.body"),
        ({"internal_name": " "}, "body.internal_name"),
        ({"language": "pt"}, "body.language"),
        ({"category": "authentication"}, "body.category"),
        ({"category": None}, "body.category"),
        ({"surprise": 1}, "body.surprise"),
    ],
)
async def test_what_our_rules_refuse_is_422_and_meta_is_not_asked(
    here: Installation, meta: Meta, changes: dict[str, Any], where: str
) -> None:
    problem = assert_problem(await here.pms.post("/templates", json=NEW | changes), 422, "invalid")
    assert where in [error["where"] for error in problem["errors"]]
    assert meta.wire.calls == []


async def test_who_asks_for_a_language_without_its_country_is_told_the_countries(
    here: Installation, meta: Meta
) -> None:
    answer = await here.pms.post("/templates", json=NEW | {"language": "pt"})
    assert answer.json()["languages"] == ["pt-BR", "pt-PT"]


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [
        ("2388019", 422, "template-refused"),
        ("2388072", 422, "template-refused"),
        ("190", 409, "refused"),
        ("http_429", 503, "meta"),
    ],
)
async def test_what_meta_refuses_is_told_in_her_words(
    here: Installation, meta: Meta, fault: str, status: int, kind: str
) -> None:
    meta.simulator.faults.set({"templates": [fault]})
    problem = assert_problem(await here.pms.post("/templates", json=NEW), status, kind)
    if fault == "2388019":
        assert (problem["reason"], problem["code"]) == ("limit_reached", 100)
        assert "Limit Exceeded" in problem["detail"]
    if fault == "190":
        assert problem["control"] == "reconnect_account"


async def test_without_a_connection_nothing_is_made_or_read(here: Installation) -> None:
    for path, body in (("/templates", NEW), ("/templates/refresh", None)):
        problem = assert_problem(await here.other.post(path, json=body), 409, "refused")
        assert problem["control"] == "connect_account"


async def test_after_a_refresh_the_list_is_metas(here: Installation, meta: Meta) -> None:
    at_meta(meta.simulator.store)
    answer = await here.pms.post("/templates/refresh")
    assert (answer.status_code, answer.json()) == (200, {"templates": 1})
    (template,) = (await here.pms.get("/templates")).json()["items"]
    assert (template["name"], template["state"]) == ("check_in", "accepted")


async def test_a_template_is_sent_into_a_closed_window(here: Installation) -> None:
    heard: list[Change] = []
    here.runtime.live.listen(heard.append)
    id_ = await one(here, internal_name="Il check-in")
    answer = await sent(here, id_)
    assert answer.status_code == 202, answer.text
    message = answer.json()
    assert (message["kind"], message["text"], message["origin"]) == ("template", CHECK_IN, "api")
    assert message["template"] == {"id": id_, "name": "check_in"}
    assert Change(here.world.account_id, int(message["conversation_id"])) in heard


async def test_sent_again_with_the_same_key_it_is_one_message(here: Installation) -> None:
    id_ = await one(here)
    opened = await ada_writes(here, hours_ago=30)
    url, key = f"/conversations/{opened}/messages", {"Idempotency-Key": "once"}
    answers = [await here.pms.post(url, json={"template": id_}, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    async with here.runtime.database.reading() as session:
        assert len((await session.exec(select(Outbox))).all()) == 1


async def test_what_cannot_be_sent_says_why(here: Installation) -> None:
    paused = await one(here, "paused", meta_status="PAUSED")
    problem = assert_problem(await sent(here, paused), 409, "template-not-ready")
    assert (problem["state"], problem["reasons"]) == ("pending", [])
    assert problem["control"] == "send_template"
    link = await one(here, "link", text="vedi www.casa.it")
    problem = assert_problem(await sent(here, link), 409, "template-not-ready")
    assert (problem["state"], problem["reasons"]) == ("incompatible", ["url"])
    for strange in ("0", "x", "999999"):
        assert_problem(await sent(here, strange), 422, "template")
    async with here.runtime.database.transaction() as session:
        (await session.exec(select(Address))).one().marketing_stopped_at = clock.now()
    news = await one(here, "news", category="marketing")
    problem = assert_problem(await sent(here, news), 409, "marketing-stopped")
    assert problem["control"] == "send_template"
    async with here.runtime.database.reading() as session:
        kinds = (await session.exec(select(Message.kind))).all()
    assert "template" not in kinds


async def test_another_companys_template_is_not_there(here: Installation) -> None:
    async with here.runtime.database.reading() as session:
        accounts = (await session.exec(select(Account.id))).all()
    (other,) = set(accounts) - {here.world.account_id}
    theirs = await one(here, "theirs", account_id=other)
    assert_problem(await sent(here, theirs), 422, "template")


async def test_the_description_names_what_is_here(here: Installation) -> None:
    description = json.loads((await here.pms.get("/openapi.json")).content)
    assert {"/templates", "/templates/{id}", "/templates/refresh"} <= set(description["paths"])
