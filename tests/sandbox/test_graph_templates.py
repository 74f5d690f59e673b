"""The simulated Meta lists, reviews, refuses and sends templates as Meta does."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from inbox_app.channels.whatsapp.graph import messages
from inbox_app.channels.whatsapp.templates.state import state_of
from inbox_app.channels.whatsapp.webhooks import parser
from inbox_app.sandbox.demo.templates import demo_templates
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, TOKEN
from inbox_app.sandbox.simulator.template_store import TemplateStore
from tests.support.servers.simulated_meta import Clock, Meta
from tests.support.templates import CHECK_IN, at_meta

pytestmark = pytest.mark.anyio

WABA = DEMO_NUMBER.waba_id
ADA = "393471234567"


@pytest.fixture
async def http(meta: Meta) -> AsyncIterator[httpx.AsyncClient]:
    base, headers = "http://meta/sandbox/graph/v25.0", {"authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(transport=meta.wire, base_url=base, headers=headers) as http:
        yield http


async def listed(http: httpx.AsyncClient, **query: Any) -> dict[str, Any]:
    answer = await http.get(f"/{WABA}/message_templates", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def new(**changes: Any) -> dict[str, Any]:
    body = {"type": "BODY", "text": changes.pop("text", CHECK_IN)}
    values = {"name": "new", "language": "it", "category": "UTILITY", "components": [body]}
    return values | changes


async def make(http: httpx.AsyncClient, **changes: Any) -> httpx.Response:
    return await http.post(f"/{WABA}/message_templates", json=new(**changes))


async def test_a_list_comes_in_pages_with_next_on_all_but_the_last(
    meta: Meta, http: httpx.AsyncClient
) -> None:
    for number in range(5):
        at_meta(meta.simulator.store, f"t{number}")
    first = await listed(http, limit=2)
    assert [one["name"] for one in first["data"]] == ["t0", "t1"]
    second = (await http.get(first["paging"]["next"])).json()
    assert [one["name"] for one in second["data"]] == ["t2", "t3"]
    last = await listed(http, limit=2, after=second["paging"]["cursors"]["after"])
    assert [one["name"] for one in last["data"]] == ["t4"]
    assert "next" not in last["paging"]
    assert last["paging"]["cursors"]["after"]
    assert await listed(http, name="nobody") == {"data": []}
    lost = await http.get(f"/{WABA}/message_templates", params={"after": "?"})
    assert lost.json()["error"]["code"] == 131059


async def test_a_list_holds_what_was_asked_for(meta: Meta, http: httpx.AsyncClient) -> None:
    at_meta(meta.simulator.store, "ready")
    at_meta(meta.simulator.store, "paused", status="PAUSED", language="en")
    for query, names in (
        ({"status": "paused"}, ["paused"]),
        ({"name": "rea"}, ["ready"]),
        ({"language": "en"}, ["paused"]),
        ({"category": "MARKETING"}, []),
    ):
        assert [one["name"] for one in (await listed(http, **query))["data"]] == names
    (told,) = (await listed(http, name="ready", fields="name,quality_score"))["data"]
    assert set(told) == {"id", "name", "quality_score"}
    (told,) = (await listed(http, name="ready"))["data"]
    assert "quality_score" not in told


async def test_a_new_one_is_reviewed_and_a_webhook_tells(
    meta: Meta, http: httpx.AsyncClient
) -> None:
    made = await make(http)
    assert made.json()["status"] == "PENDING"
    await make(http, name="bad", text="REJECTME, per favore")
    await meta.simulator.webhooks.settle()
    told = [parser.parse(request.content).changes[0] for request in meta.posted]
    assert {change.value["message_template_name"]: change.value["event"] for change in told} == {
        "new": "APPROVED",
        "bad": "REJECTED",
    }
    assert {change.waba_id for change in told} == {WABA}
    assert all(change.at for change in told)
    assert str(told[0].value["message_template_id"]) == made.json()["id"]


async def test_one_may_be_refused_by_the_answer_itself_and_only_the_list_says_why(
    meta: Meta, http: httpx.AsyncClient
) -> None:
    made = await make(http, text="REJECTME NOW")
    await meta.simulator.webhooks.settle()
    assert made.is_success
    assert made.json()["status"] == "REJECTED"
    assert meta.posted == []
    (told,) = (await listed(http, fields="rejected_reason"))["data"]
    assert told["rejected_reason"] == "ABUSIVE_CONTENT"


async def test_the_name_of_an_approved_one_that_was_deleted_is_kept_for_thirty_days(
    meta: Meta, http: httpx.AsyncClient, clock: Clock
) -> None:
    at_meta(meta.simulator.store, "approved")
    at_meta(meta.simulator.store, "rejected", status="REJECTED")
    for name in ("approved", "rejected"):
        await http.delete(f"/{WABA}/message_templates", params={"name": name})
    refused = await make(http, name="approved")
    assert refused.json()["error"]["error_subcode"] == 2388023
    assert (await make(http, name="approved", language="en")).is_success
    assert (await make(http, name="rejected")).is_success
    clock.move(timedelta(days=30))
    assert (await make(http, name="approved")).is_success


async def test_what_reads_like_advertising_is_filed_as_marketing(http: httpx.AsyncClient) -> None:
    made = await make(http, text="Solo per oggi sconto del 20% per voi")
    assert made.json()["category"] == "MARKETING"


@pytest.mark.parametrize(
    ("changes", "subcode"),
    [
        ({"text": "x" * 1025}, 2388040),
        ({"text": "a\n\n\nb"}, 2388072),
        ({"text": ""}, 2388072),
        ({"text": "{{1}} ciao a tutti quanti"}, 2388299),
        ({"text": "a {{1}} {{2}} b"}, 2388293),
        ({"name": "taken"}, 2388024),
        ({"name": "Big Name"}, None),
        ({"language": "pt"}, None),
        ({"category": "PAYMENTS"}, None),
        ({"components": "BODY"}, None),
    ],
)
async def test_what_meta_refuses_is_refused_with_her_codes(
    meta: Meta, http: httpx.AsyncClient, changes: dict[str, Any], subcode: int | None
) -> None:
    at_meta(meta.simulator.store, "taken")
    refused = await make(http, **changes)
    assert refused.status_code == 400
    error = refused.json()["error"]
    assert (error["code"], error.get("error_subcode")) == (100, subcode)
    assert subcode is None or error["error_user_msg"]
    assert len(meta.simulator.store.templates) == 1


async def test_deleted_by_name_all_languages_go_and_with_an_id_one(
    meta: Meta, http: httpx.AsyncClient
) -> None:
    first = at_meta(meta.simulator.store)
    at_meta(meta.simulator.store, language="en")
    at_meta(meta.simulator.store, language="de")
    url = f"/{WABA}/message_templates"
    assert (await http.delete(url, params={"name": "check_in", "hsm_id": first.id})).is_success
    assert [one.language for one in meta.simulator.store.templates] == ["en", "de"]
    assert (await http.delete(url, params={"name": "check_in"})).is_success
    assert meta.simulator.store.templates == []
    gone = await http.delete(url, params={"name": "check_in"})
    assert gone.json()["error"]["error_subcode"] == 2593002


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"status": "PENDING"}, 132001),
        ({"status": "REJECTED"}, 132001),
        ({"status": "PAUSED"}, 132015),
        ({"status": "DISABLED"}, 132016),
        ({"language": "en"}, 132001),
        ({"waba_id": "another"}, 132001),
        ({"components": [{"type": "BODY", "text": "Ciao {{1}}"}]}, 132000),
    ],
)
async def test_an_approved_one_goes_into_a_closed_window_and_leaves_it_closed(
    meta: Meta, http: httpx.AsyncClient, changes: dict[str, Any], code: int | None
) -> None:
    at_meta(meta.simulator.store, **changes)
    url = f"/{DEMO_NUMBER.phone_number_id}/messages"
    answer = await http.post(url, json=messages.template("check_in", "it", wa_id=ADA))
    await meta.simulator.webhooks.settle()
    if code is not None:
        assert answer.json()["error"]["code"] == code
        return
    chat = meta.simulator.phones.chat(DEMO_NUMBER.phone_number_id, ADA)
    assert [(message.text, message.status) for message in chat.messages] == [
        (CHECK_IN, "delivered")
    ]
    assert chat.last_written_at is None


async def test_who_stopped_marketing_gets_none(meta: Meta, http: httpx.AsyncClient) -> None:
    at_meta(meta.simulator.store, category="MARKETING")
    await meta.simulator.prefer(DEMO_NUMBER, ADA, marketing=False)
    url = f"/{DEMO_NUMBER.phone_number_id}/messages"
    await http.post(url, json=messages.template("check_in", "it", wa_id=ADA))
    await meta.simulator.webhooks.settle()
    (status,) = parser.parse(meta.posted[-1].content).statuses
    assert status.error is not None
    assert status.error.code == 131050


def test_the_templates_are_kept_over_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "store.json"
    store = TemplateStore(file, demo_templates)
    at_meta(store, "mine")
    store.save()
    again = TemplateStore(file, demo_templates)
    assert again.templates == store.templates
    assert len(again.templates) == len(demo_templates()) + 1


def test_the_demo_company_has_templates_in_all_states_and_several_languages() -> None:
    found = demo_templates()
    states = {state_of(one.status, one.category, one.components)[0] for one in found}
    assert states == {"accepted", "pending", "incompatible", "cancelled"}
    assert {one.language for one in found} >= {"it", "en", "de", "fr", "es"}
