"""What is left of a raw event when a person is taken out of it (A6)."""

import json
from typing import Any

import pytest

from inbox_app.domain.people.erasing import nameless, without_person

ADA, BRUNO, OURS, THEIRS = "393471234567", "393480001122", "1001", "2002"


def event(endpoint: str, **value: Any) -> dict[str, Any]:
    return {"value": {"metadata": {"phone_number_id": endpoint}, **value}}


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        (
            [event(OURS, messages=[{"from": ADA, "text": {"body": "x"}}, {"from": BRUNO}])],
            [event(OURS, messages=[{"from": BRUNO}])],
        ),
        (
            [event(OURS, contacts=[{"profile": {"name": "Ada"}, "wa_id": ADA}])],
            [event(OURS, contacts=[])],
        ),
        (
            [
                event(OURS, statuses=[{"recipient_id": ADA}]),
                event(THEIRS, messages=[{"from": ADA}]),
            ],
            [event(OURS, statuses=[]), event(THEIRS, messages=[{"from": ADA}])],
        ),
        (
            [event(OURS, history=[{"threads": [{"id": ADA, "messages": [{}]}, {"id": BRUNO}]}])],
            [event(OURS, history=[{"threads": [{"id": BRUNO}]}])],
        ),
        ([event(OURS, messages=[{"text": f"call {ADA}"}])],) * 2,
    ],
)
def test_only_what_is_about_them_at_our_end_goes(
    changes: list[dict[str, Any]], left: list[dict[str, Any]]
) -> None:
    body = json.dumps({"entry": [{"changes": changes}]}).encode()
    cut = json.loads(without_person(body, [OURS], [ADA]))
    assert cut == {"entry": [{"changes": left}]}


def test_what_nobody_can_read_goes_whole() -> None:
    assert without_person(b"{" + ADA.encode(), [OURS], [ADA]) == b""


def test_an_id_that_stands_for_another_says_nothing_and_is_the_same_each_time() -> None:
    once = nameless("wamid.HBgM")
    assert once == nameless("wamid.HBgM") == nameless(once)
    assert once != nameless("wamid.HBgN")
    assert "HBgM" not in (once or "")
    assert nameless(None) is None
