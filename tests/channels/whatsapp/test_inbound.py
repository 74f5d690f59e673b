"""Bodies as a whole: batches, and what is broken in one costs nothing of the rest."""

from typing import Any

import pytest

from inbox_app.channels.whatsapp.webhooks import parser
from inbox_app.channels.whatsapp.webhooks.account_changes import read_account_update
from inbox_app.channels.whatsapp.webhooks.change import Notice, Severity
from inbox_app.channels.whatsapp.webhooks.events import ParsedWebhook, Problem
from inbox_app.channels.whatsapp.webhooks.fields import ESSENTIAL
from inbox_app.channels.whatsapp.webhooks.messages import read_message
from inbox_app.channels.whatsapp.webhooks.parser import parse
from tests.channels.whatsapp.bodies import (
    PHONE_NUMBER_ID,
    WABA_ID,
    Json,
    change,
    contact,
    envelope,
    event,
    message,
    status,
)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 5000, b"null x", b"<html>"])
def test_what_is_no_json(body: bytes) -> None:
    assert parse(body) == ParsedWebhook(problem=Problem.NOT_JSON)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        7,
        {},
        {"object": "whatsapp_business_account"},
        {"object": "whatsapp_business_account", "entry": {}},
        {"object": "page", "entry": [{"id": "1", "changes": [change(messages=[message()])]}]},
        {"error": {"code": 190}},
    ],
)
def test_json_of_another_shape(body: Any) -> None:
    assert event(body) == ParsedWebhook(problem=Problem.OTHER_SHAPE)


def test_an_empty_event_is_fine() -> None:
    assert event({"object": "whatsapp_business_account", "entry": []}) == ParsedWebhook()


def test_every_message_of_every_change_of_every_entry() -> None:
    def entry(e: int) -> Json:
        changes = [
            change(
                messages=[message(id=f"in-{e}-{c}-{m}") for m in range(3)],
                statuses=[status(id=f"out-{e}-{c}-{m}") for m in range(3)],
                contacts=[contact()],
            )
            for c in range(3)
        ]
        return {"id": f"waba-{e}", "changes": changes}

    body = {"object": "whatsapp_business_account", "entry": [entry(e) for e in range(3)]}
    parsed = event(body)
    places = [f"{e}-{c}-{m}" for e in range(3) for c in range(3) for m in range(3)]
    assert [m.provider_id for m in parsed.messages] == [f"in-{place}" for place in places]
    assert [s.provider_id for s in parsed.statuses] == [f"out-{place}" for place in places]
    assert {m.waba_id for m in parsed.messages} == {"waba-0", "waba-1", "waba-2"}
    assert parsed.broken == []


def test_a_broken_message_does_not_lose_the_others() -> None:
    broken = [
        message(id=...),
        message(id="wamid.NOBODY") | {"from": None},
        "text",
        message(id="x" * 5000),
    ]
    parsed = event(envelope(change(messages=[message(id="1"), *broken, message(id="2")])))
    assert [m.provider_id for m in parsed.messages] == ["1", "2"]
    assert [(b.entry, b.change, b.item, b.error) for b in parsed.broken] == [
        (0, 0, 1, "no id"),
        (0, 0, 2, "no sender"),
        (0, 0, 3, "not an object"),
        (0, 0, 4, "no id"),
    ]
    assert parsed.broken[1].provider_id == "wamid.NOBODY"
    assert parsed.broken[1].phone_number_id == PHONE_NUMBER_ID


def test_a_mistake_of_ours_costs_one_item_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(raw: Json, *rest: Any) -> Any:
        return read_message(raw, *rest) if raw["id"] == "1" else raw["a key of Ada's"]

    monkeypatch.setattr(parser, "read_message", mistaken)
    parsed = event(envelope(change(messages=[message(id="0"), message(id="1")])))
    assert [m.provider_id for m in parsed.messages] == ["1"]
    assert [(b.provider_id, b.error) for b in parsed.broken] == [("0", "KeyError")]


@pytest.mark.parametrize("missing", ["id", "status"])
def test_a_broken_status_does_not_lose_the_others(missing: str) -> None:
    raws = [status(), status() | {missing: None}, status("read")]
    parsed = event(envelope(change(statuses=raws)))
    assert len(parsed.statuses) == 2
    assert [b.error for b in parsed.broken] == [f"no {missing}"]


def test_an_entry_without_changes_is_broken_and_the_next_is_read() -> None:
    body = envelope(change(messages=[message()]))
    body["entry"] = [{"id": "1"}, "text", *body["entry"]]
    parsed = event(body)
    assert len(parsed.messages) == 1
    assert [b.entry for b in parsed.broken] == [0, 1]


def test_a_change_without_a_value_is_broken() -> None:
    assert [b.error for b in event(envelope({"field": "messages"})).broken] == ["no value"]


@pytest.mark.parametrize(
    "value",
    [
        {"x": {"messages": [message()]}},
        {"message": [message()]},
        {"contacts": [contact()]},
        {"errors": [{}], "contacts": [contact()]},
    ],
)
@pytest.mark.parametrize("field", ["messages", None, 7])
def test_a_change_with_content_but_nothing_that_can_be_read_is_broken(
    value: Json, field: Any
) -> None:
    whole = {"field": field, "value": value}
    parsed = event(envelope(whole, change(messages=[message()])))
    assert [broken.error for broken in parsed.broken] == ["nothing that can be read"]
    assert len(parsed.messages) == 1
    assert parsed.changes == []


@pytest.mark.parametrize("told", [None, "", 7, {}, ["x"]])
@pytest.mark.parametrize(("field", "key"), sorted(ESSENTIAL.items()))
def test_news_without_the_word_that_makes_it_are_broken(field: str, key: str, told: Any) -> None:
    parsed = event(envelope({"field": field, "value": {key: told, "more": 1}}))
    assert [broken.error for broken in parsed.broken] == [f"no {key}"]
    assert parsed.changes == []


def test_news_of_no_account_are_broken() -> None:
    body = envelope({"field": "account_update", "value": {"event": "ACCOUNT_DELETED"}}, id={})
    assert [broken.error for broken in event(body).broken] == ["no account"]


@pytest.mark.parametrize("field", ["messages", "message", "", None, 7, "template_status_update"])
def test_messages_are_read_whatever_their_field_is_called(field: Any) -> None:
    body = envelope(change(messages=[message()]) | {"field": field})
    assert len(event(body).messages) == 1


def test_a_list_that_lost_its_brackets_is_read() -> None:
    assert len(event(envelope(change(messages=message(), contacts=contact()))).messages) == 1


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (change("account_update", event="DISABLED_UPDATE"), "account_update"),
        (change("messages", history=[{"threads": []}]), "history"),
        (
            {"field": "message_template_status_update", "value": {"new_quality_score": "RED"}},
            "message_template_quality_update",
        ),
        (
            {"value": {"field": "account_update", "event": "PARTNER_APP_INSTALLED"}},
            "account_update",
        ),
        (change("user_preferences", user_preferences=[{"value": "stop"}]), "user_preferences"),
        ({"field": "flows", "value": None}, "flows"),
    ],
)
def test_other_fields_are_kept_whole(raw: Json, field: str) -> None:
    parsed = event(envelope(raw, time=1739321024))
    assert (parsed.messages, parsed.broken, parsed.unknown) == ([], [], [])
    (kept,) = parsed.changes
    assert (kept.field, kept.waba_id) == (field, WABA_ID)
    assert kept.value == (raw["value"] or {})
    assert kept.at is not None


@pytest.mark.parametrize("field", ["standby", "standby_messages"])
def test_what_an_agent_of_metas_answers_is_read_and_said(field: str) -> None:
    """C6, M1: the app only watches meanwhile; the number's health tells it."""
    parsed = event(envelope(change(field, messages=[message()]), time=1739321024))
    assert [each.text for each in parsed.messages] == ["Ciao!"]
    (kept,) = parsed.changes
    news = read_account_update(kept)
    assert news.notice == Notice("STANDBY", Severity.WARNING)
    assert news.number == "15550783881"
    assert parsed.unknown == []


def test_a_field_not_known_yet_is_kept_and_counted() -> None:
    parsed = event(envelope(change("weather", sun=True)))
    assert parsed.unknown == ["field:weather"]
    assert parsed.changes[0].value["sun"] is True


def test_trouble_of_the_account_alone() -> None:
    parsed = event(envelope(change(errors=[{"code": 130429, "title": "Rate limit hit"}])))
    assert [e.error.code for e in parsed.errors] == [130429]
    assert parsed.changes == []
