"""Over the API a text waits for its time (M10) or for an answer (W7), and what has not left is
taken back (M11)."""

from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import pytest
from sqlmodel import col, delete, select, update

from inbox_app import clock
from inbox_app.domain.delivery.pair_rate_limit import PairRateLimit
from inbox_app.domain.messages import Origin
from inbox_app.live import Change
from inbox_app.models import Address, Draft, IdempotentAnswer, LastInbound, Outbox, OutboxState
from inbox_app.services.sending.claim_sends import claim
from inbox_app.services.sending.send_later import When, queue_later
from tests.api.two_companies import Installation, ada_writes, assert_problem
from tests.support import templates
from tests.support.samples import sample_files

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)


def ahead(by: timedelta) -> str:
    return (clock.now() + by).isoformat()


async def wait(here: Installation, opened: str, key: str = "", **body: Any) -> httpx.Response:
    headers = {"idempotency-key": key} if key else {}
    body = {"text": "Il codice è 4471"} | body
    return await here.pms.post(f"/conversations/{opened}/messages", json=body, headers=headers)


async def leaves(here: Installation, after: timedelta) -> int:
    """What the sender does then; how many it takes along."""
    at = clock.now() + after
    async with here.runtime.database.transaction() as session:
        claimed = await claim(
            session, owner="s", limit=10, rate_limit=PairRateLimit(), now=at, real_now=at
        )
    return len(claimed.jobs)


async def waiting(here: Installation, opened: str) -> list[dict[str, Any]]:
    return (await here.pms.get(f"/conversations/{opened}/messages/waiting")).json()["items"]


async def a_template(here: Installation, **changes: Any) -> str:
    async with here.runtime.database.transaction() as session:
        return str((await templates.here(session, here.world, clock.now(), **changes)).id)


@pytest.mark.postgresql("its statements")
async def test_it_waits_under_an_id_that_it_keeps_when_it_leaves(on_each: Installation) -> None:
    opened = await ada_writes(on_each)
    heard: list[Change] = []
    on_each.runtime.live.listen(heard.append)
    at = (clock.now() + 2 * HOUR).astimezone(timezone(timedelta(hours=5, minutes=30)))
    answer = await wait(on_each, opened, send_at=at.isoformat())

    assert answer.status_code == 202
    waits = answer.json()
    assert (waits["status"], waits["direction"], waits["origin"]) == ("waiting", "out", "api")
    assert datetime.fromisoformat(waits["send_at"]) == at
    assert waits["send_at"].endswith("Z")
    assert heard == [Change(on_each.world.account_id, int(opened))]
    assert await waiting(on_each, opened) == [waits]
    assert (await on_each.pms.get(f"/messages/{waits['id']}")).json() == waits
    listed = (await on_each.pms.get(f"/conversations/{opened}/messages")).json()["items"]
    assert [message["text"] for message in listed] == ["Ciao"]

    assert await leaves(on_each, HOUR) == 0
    assert await leaves(on_each, 3 * HOUR) == 1
    assert await waiting(on_each, opened) == []
    newest, _ = (await on_each.pms.get(f"/conversations/{opened}/messages")).json()["items"]
    assert (newest["id"], newest["status"], newest["send_at"]) == (waits["id"], "queued", None)
    assert (await on_each.pms.get(f"/messages/{waits['id']}")).json() == newest


async def test_an_answer_has_it_leave(here: Installation) -> None:
    opened = await ada_writes(here, hours_ago=30)
    waits = (await wait(here, opened, send_at="on_answer")).json()
    assert (waits["status"], waits["send_at"]) == ("waiting", "on_answer")
    assert await leaves(here, HOUR) == 0
    async with here.runtime.database.transaction() as session:
        await session.exec(update(LastInbound).values(last_inbound_at=clock.now() + HOUR))
    assert await leaves(here, HOUR) == 1


@pytest.mark.postgresql("pages follow one another")
async def test_the_list_goes_on_in_the_order_in_which_they_leave(on_each: Installation) -> None:
    opened = await ada_writes(on_each, hours_ago=30)
    fallback = await a_template(on_each)
    at = ahead(2 * HOUR)
    for text, body in {
        "answer": {"send_at": "on_answer"},
        "late": {"send_at": ahead(5 * HOUR), "fallback_template": fallback},
        "early": {"send_at": at, "fallback_template": fallback},
        "also early": {"send_at": at, "fallback_template": fallback},
        "answer too": {"send_at": "on_answer"},
    }.items():
        assert (await wait(on_each, opened, text=text, **body)).status_code == 202
    found, cursor = [], ""
    while cursor is not None:
        query = {"limit": "1"} | ({"cursor": cursor} if cursor else {})
        url = f"/conversations/{opened}/messages/waiting"
        page = (await on_each.pms.get(url, params=query)).json()
        found += [item["text"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert found == ["early", "also early", "late", "answer", "answer too"]


async def test_the_fallback_goes_first_when_the_window_has_closed(here: Installation) -> None:
    opened, fallback = await ada_writes(here), await a_template(here)
    answer = await wait(here, opened, send_at=ahead(30 * HOUR), fallback_template=fallback)
    waits = answer.json()
    assert waits["fallback_template"] == fallback
    assert await leaves(here, 31 * HOUR) == 1
    newest, _ = (await here.pms.get(f"/conversations/{opened}/messages")).json()["items"]
    assert (newest["kind"], newest["origin"]) == ("template", "api")
    (still,) = await waiting(here, opened)
    assert (still["id"], still["send_at"]) == (waits["id"], "on_answer")


async def test_a_time_after_the_window_asks_for_a_fallback(here: Installation) -> None:
    opened = await ada_writes(here)
    problem = assert_problem(
        await wait(here, opened, send_at=ahead(30 * HOUR)), 409, "needs-fallback"
    )
    assert (problem["control"], problem["reason"]) == ("send_template", "window_expired")
    assert "fallback_template" in problem["detail"]
    assert await waiting(here, opened) == []


async def test_a_fallback_that_cannot_go_out_is_refused_at_once(here: Installation) -> None:
    opened, paused = await ada_writes(here), await a_template(here, meta_status="PAUSED")
    marketing = await a_template(here, name="offers", category="marketing")
    async with here.runtime.database.transaction() as session:
        await session.exec(update(Address).values(marketing_stopped_at=clock.now()))
    for fallback, status, kind in (
        ("4711", 422, "template"),
        ("x", 422, "template"),
        (paused, 409, "template-not-ready"),
        (marketing, 409, "marketing-stopped"),
    ):
        answer = await wait(here, opened, send_at=ahead(30 * HOUR), fallback_template=fallback)
        assert_problem(answer, status, kind)


@pytest.mark.parametrize(
    "body",
    [
        *(
            {"send_at": at}
            for at in (
                "2026-12-01T10:00:00",
                "2020-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "9999-12-31T23:59:59-23:00",
                "0001-01-01T00:00:00+14:00",
                "1900000000",
                1900000000,
                "tomorrow",
                "ON_ANSWER",
                "",
                [],
            )
        ),
        {"send_at": "on_answer", "fallback_template": "1"},
        {"fallback_template": "1"},
        {"text": None, "template": "1", "send_at": "on_answer"},
        {"send_at": "2020-01-01T00:00:00Z", "text": " "},
    ],
)
async def test_what_cannot_wait_is_refused_with_a_reason(
    here: Installation, body: dict[str, Any]
) -> None:
    opened = await ada_writes(here)
    assert_problem(await wait(here, opened, **body), 422, "invalid")
    assert await waiting(here, opened) == []


async def test_no_text_waits_for_an_answer_while_one_may_be_sent(here: Installation) -> None:
    answer = await wait(here, await ada_writes(here), send_at="on_answer")
    problem = assert_problem(answer, 409, "refused")
    assert (problem["control"], problem["reason"]) == ("composer", "window_open")
    assert "leave send_at out" in problem["detail"]


async def test_a_file_does_not_wait(here: Installation) -> None:
    opened = await ada_writes(here)
    photo = {"file": ("casa.jpg", sample_files.photo())}
    url, fields = f"/conversations/{opened}/messages", {"send_at": ahead(HOUR)}
    problem = assert_problem(await here.pms.post(url, files=photo, data=fields), 422, "invalid")
    assert "send_at" in problem["detail"]


async def test_the_same_key_waits_once_also_after_a_crash(here: Installation) -> None:
    """Then no answer was remembered."""
    opened, at = await ada_writes(here), ahead(HOUR)
    first = await wait(here, opened, key="k", send_at=at)
    assert (await wait(here, opened, key="k", send_at=at)).json() == first.json()
    await forget_answers(here)
    assert (await wait(here, opened, key="k", send_at=at)).json() == first.json()
    await forget_answers(here)
    assert_problem(
        await wait(here, opened, key="k", send_at=at, text="Altro"), 409, "idempotency-key-reused"
    )
    await forget_answers(here)
    await leaves(here, 2 * HOUR)
    left = await wait(here, opened, key="k", send_at=at)
    assert (left.json()["id"], left.json()["status"]) == (first.json()["id"], "queued")


async def forget_answers(here: Installation) -> None:
    async with here.runtime.database.transaction() as session:
        await session.exec(delete(IdempotentAnswer))


async def test_what_waits_is_taken_back_once_and_never_leaves(here: Installation) -> None:
    opened, at = await ada_writes(here), ahead(HOUR)
    waits = (await wait(here, opened, key="k", send_at=at)).json()["id"]
    heard: list[Change] = []
    here.runtime.live.listen(heard.append)
    assert (await here.pms.delete(f"/messages/{waits}")).status_code == 204
    assert heard == [Change(here.world.account_id, int(opened))]
    assert await leaves(here, 2 * HOUR) == 0
    for method in ("GET", "DELETE"):
        assert_problem(await here.pms.request(method, f"/messages/{waits}"), 404, "not-found")
    await forget_answers(here)
    assert_problem(await wait(here, opened, key="k", send_at=at), 409, "taken-back")


async def test_what_is_queued_is_taken_back_too(here: Installation) -> None:
    opened = await ada_writes(here)
    queued = (await wait(here, opened)).json()["id"]
    assert (await here.pms.delete(f"/messages/{queued}")).status_code == 204
    assert await leaves(here, HOUR) == 0
    assert_problem(await here.pms.get(f"/messages/{queued}"), 404, "not-found")


async def test_what_a_person_lets_wait_is_listed_and_taken_back_into_their_box(
    here: Installation,
) -> None:
    opened = await ada_writes(here)
    async with here.runtime.database.transaction() as session:
        await queue_later(
            session,
            account_id=here.world.account_id,
            conversation_id=int(opened),
            text="Da Marta",
            author_id=here.world.marta_id,
            origin=Origin.PM,
            client_ref="a key",
            when=When(clock.now() + HOUR),
            now=clock.now(),
        )
    (waits,) = await waiting(here, opened)
    assert (waits["text"], waits["origin"]) == ("Da Marta", "pm")
    assert (await here.pms.delete(f"/messages/{waits['id']}")).status_code == 204
    async with here.runtime.database.reading() as session:
        assert (await session.exec(select(Draft.text))).all() == ["Da Marta"]


async def test_what_has_left_is_not_taken_back_and_the_reason_is_said(here: Installation) -> None:
    opened = await ada_writes(here)
    sent = (await wait(here, opened, send_at=ahead(HOUR))).json()["id"]
    await leaves(here, 2 * HOUR)
    problem = assert_problem(await here.pms.delete(f"/messages/{sent}"), 409, "has-left")
    assert (problem["detail"], problem["message_status"]) == ("It is leaving now.", "queued")
    hers = (await here.pms.get(f"/conversations/{opened}/messages")).json()["items"][-1]["id"]
    problem = assert_problem(await here.pms.delete(f"/messages/{hers}"), 409, "has-left")
    assert (problem["detail"][:11], problem["message_status"]) == ("It came in:", None)


@pytest.mark.parametrize("id_", ["w", "w0", "w-1", "ww1", "W1", "x", "0", f"w{10**30}"])
async def test_what_calls_no_message_is_not_there(here: Installation, id_: str) -> None:
    for method in ("GET", "DELETE"):
        assert_problem(await here.pms.request(method, f"/messages/{id_}"), 404, "not-found")


async def test_to_another_company_it_is_as_if_it_did_not_exist(here: Installation) -> None:
    opened = await ada_writes(here)
    waits = (await wait(here, opened, send_at=ahead(HOUR))).json()["id"]
    hers = (await here.pms.get(f"/conversations/{opened}/messages")).json()["items"][0]["id"]
    urls = [f"/messages/{waits}", f"/messages/{hers}"]
    for url in [*urls, f"/conversations/{opened}/messages/waiting"]:
        assert_problem(await here.other.get(url), 404, "not-found")
    for url in urls:
        assert_problem(await here.other.delete(url), 404, "not-found")
    body = {"text": "x", "send_at": ahead(HOUR)}
    answer = await here.other.post(f"/conversations/{opened}/messages", json=body)
    assert_problem(answer, 404, "not-found")
    async with here.runtime.database.reading() as session:
        rows = (await session.exec(select(Outbox.state).order_by(col(Outbox.id)))).all()
    assert rows == [OutboxState.WAITING]
