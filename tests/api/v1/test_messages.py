"""Messages over the API: read, sent, refused."""

from typing import Any

import pytest
from sqlmodel import select

from inbox_app.live import Change
from inbox_app.models import Outbox
from tests.api.two_companies import Installation, ada_writes, assert_problem

pytestmark = pytest.mark.anyio


async def test_a_message_says_all_that_the_contract_promises(here: Installation) -> None:
    opened = await ada_writes(here)
    (message,) = (await here.pms.get(f"/conversations/{opened}/messages")).json()["items"]
    assert message.pop("id")
    assert message.pop("provider_id").startswith("wamid.")
    assert message.pop("sent_at").endswith("Z")
    assert message.pop("created_at").endswith("Z")
    empty = ("media", "location", "contacts", "template", "reply_to", "unsupported", "status")
    more = ("product", "referral", "send_at", "fallback_template")
    assert message == {
        "conversation_id": opened,
        "direction": "in",
        "kind": "text",
        "text": "Ciao",
        "error": None,
        "cost": None,
        "origin": None,
    } | dict.fromkeys((*empty, *more))


@pytest.mark.postgresql("its statements")
async def test_a_text_is_queued_and_the_queue_woken(on_each: Installation) -> None:
    opened = await ada_writes(on_each)
    heard: list[Change] = []
    on_each.runtime.live.listen(heard.append)
    answer = await on_each.pms.post(f"/conversations/{opened}/messages", json={"text": "Benvenuta"})
    assert answer.status_code == 202
    queued = answer.json()
    assert (queued["text"], queued["status"], queued["origin"]) == ("Benvenuta", "queued", "api")
    assert heard == [Change(on_each.world.account_id, int(opened))]
    async with on_each.runtime.database.reading() as session:
        rows = (await session.exec(select(Outbox))).all()
    assert [str(row.message_id) for row in rows] == [queued["id"]]


async def test_a_text_after_the_window_closed_is_refused_with_the_control(
    here: Installation,
) -> None:
    opened = await ada_writes(here, hours_ago=25)
    answer = await here.pms.post(f"/conversations/{opened}/messages", json={"text": "Ancora?"})
    problem = assert_problem(answer, 409, "refused")
    assert (problem["control"], problem["reason"]) == ("send_template", "window_expired")
    async with here.runtime.database.reading() as session:
        assert (await session.exec(select(Outbox))).all() == []


@pytest.mark.parametrize(
    "body",
    [
        *({"text": text} for text in ("", "  ", "\u200b\u200b", "\u2800", "x" * 4097)),
        *({}, [], {"text": "x", "template": "1"}, {"template": 7}, {"template": "1" * 51}),
    ],
)
async def test_what_is_no_text_is_refused(here: Installation, body: Any) -> None:
    opened = await ada_writes(here)
    answer = await here.pms.post(f"/conversations/{opened}/messages", json=body)
    assert_problem(answer, 422, "invalid")


@pytest.mark.postgresql("its statements")
async def test_a_note_stands_among_the_messages_and_is_never_sent(on_each: Installation) -> None:
    opened = await ada_writes(on_each)
    at, before = f"/conversations/{opened}", (await on_each.pms.get("/conversations")).json()
    key = {"Idempotency-Key": "n1"}
    note = {"text": "Chiavi da Bruno"}
    answers = [await on_each.pms.post(f"{at}/notes", json=note, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    listed = (await on_each.pms.get(f"{at}/messages")).json()["items"]
    assert listed[0] == answers[0].json() == answers[1].json()
    assert (listed[0]["kind"], listed[0]["direction"], len(listed)) == ("note", "internal", 2)
    assert (listed[0]["text"], listed[0]["status"], listed[0]["origin"]) == (
        "Chiavi da Bruno",
        None,
        "api",
    )
    assert (await on_each.pms.get("/conversations")).json() == before
    assert (await on_each.pms.post(f"{at}/notes", json={"text": " "})).status_code == 422
    assert (await on_each.other.post(f"{at}/notes", json=note)).status_code == 404
    assert (await on_each.pms.delete(f"/messages/{listed[0]['id']}")).status_code == 409
