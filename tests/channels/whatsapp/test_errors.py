"""What we do about Meta's errors."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_app.channels.whatsapp.error_codes import remedy_of
from inbox_app.channels.whatsapp.failure_reasons import reason_of
from inbox_app.channels.whatsapp.graph.errors import classify
from inbox_app.domain.delivery.failures import FailureReason, Remedy

ROOT = Path(__file__).parents[3]


def body(code: Any, subcode: Any = None, **more: Any) -> dict[str, Any]:
    error = {"message": "(#1) Something", "type": "OAuthException", "code": code} | more
    return {"error": error if subcode is None else error | {"error_subcode": subcode}}


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (0, Remedy.RECONNECT),
        (1, Remedy.RETRY),
        (2, Remedy.RETRY),
        (3, Remedy.RECONNECT),
        (4, Remedy.RETRY),
        (10, Remedy.RECONNECT),
        (33, Remedy.INVALID),
        (100, Remedy.INVALID),
        (190, Remedy.RECONNECT),
        (200, Remedy.RECONNECT),
        (299, Remedy.RECONNECT),
        (368, Remedy.RETRY_LATER),
        (80007, Remedy.RETRY),
        (130429, Remedy.RETRY),
        (130472, Remedy.INVALID),
        (130497, Remedy.INVALID),
        (131000, Remedy.RETRY),
        (131005, Remedy.RECONNECT),
        (131008, Remedy.INVALID),
        (131016, Remedy.RETRY),
        (131021, Remedy.OWN_ADDRESS),
        (131026, Remedy.UNDELIVERABLE),
        (131030, Remedy.NOT_LISTED),
        (131031, Remedy.RETRY_LATER),
        (131042, Remedy.RETRY_LATER),
        (131045, Remedy.RETRY_LATER),
        (131047, Remedy.WINDOW_CLOSED),
        (131048, Remedy.RETRY_LATER),
        (131049, Remedy.RETRY_LATER),
        (131050, Remedy.OPTED_OUT),
        (131051, Remedy.INVALID),
        (131056, Remedy.PAIR_LIMITED),
        (131057, Remedy.RETRY),
        (131062, Remedy.INVALID),
        (132000, Remedy.FIX_TEMPLATE),
        (132001, Remedy.FIX_TEMPLATE),
        (132015, Remedy.RETRY_LATER),
        (132016, Remedy.FIX_TEMPLATE),
        (132068, Remedy.RETRY_LATER),
        (133004, Remedy.RETRY),
        (133005, Remedy.INVALID),
        (133010, Remedy.RETRY_LATER),
        (135000, Remedy.INVALID),
        (999999, Remedy.INVALID),
        (None, Remedy.INVALID),
    ],
)
def test_what_a_code_asks_for(code: int | None, outcome: Remedy) -> None:
    assert remedy_of(code) is outcome


@pytest.mark.parametrize("http_status", [200, 400, 401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (190, Remedy.RECONNECT),
        (131056, Remedy.PAIR_LIMITED),
        (131047, Remedy.WINDOW_CLOSED),
        (131026, Remedy.UNDELIVERABLE),
        (100, Remedy.INVALID),
        (132001, Remedy.FIX_TEMPLATE),
    ],
)
def test_the_code_decides_whatever_the_http_status(
    http_status: int, code: int, outcome: Remedy
) -> None:
    assert classify(http_status, body(code)).remedy is outcome


@pytest.mark.parametrize(
    ("code", "subcode", "outcome"),
    [
        (100, 33, Remedy.NOT_FOUND),
        (100, 2593002, Remedy.NOT_FOUND),
        (100, 2388024, Remedy.FIX_TEMPLATE),
        (10, 2388185, Remedy.FIX_TEMPLATE),
        (190, 463, Remedy.RECONNECT),
        (100, 1, Remedy.INVALID),
    ],
)
def test_some_subcodes_say_more(code: int, subcode: int, outcome: Remedy) -> None:
    assert classify(400, body(code, subcode)).remedy is outcome


@pytest.mark.parametrize(
    ("http_status", "answer", "outcome"),
    [
        (500, None, Remedy.RETRY),
        (503, None, Remedy.RETRY),
        (429, None, Remedy.RETRY),
        (408, None, Remedy.RETRY),
        (401, None, Remedy.INVALID),
        (403, None, Remedy.INVALID),
        (404, None, Remedy.INVALID),
        (302, None, Remedy.INVALID),
        (500, body(777001), Remedy.RETRY),
        (400, body(777001), Remedy.INVALID),
        (401, body(777001), Remedy.RECONNECT),
        (400, body(777001, is_transient=True), Remedy.RETRY),
        (500, {"error": {}}, Remedy.RETRY),
        (400, {"error": "text"}, Remedy.INVALID),
        (400, [], Remedy.INVALID),
    ],
)
def test_without_a_known_code_the_rest_decides(
    http_status: int, answer: Any, outcome: Remedy
) -> None:
    assert classify(http_status, answer).remedy is outcome


def test_a_problem_says_what_a_person_needs() -> None:
    problem = classify(
        400,
        body(131047, error_data={"details": "More than 24 hours"}, fbtrace_id="ABC"),
        {"retry-after": "7"},
    )
    assert (problem.code, problem.http_status) == (131047, 400)
    assert (problem.title, problem.details) == ("(#1) Something", "More than 24 hours")
    assert (problem.trace_id, problem.retry_after) == ("ABC", 7.0)


@pytest.mark.parametrize(
    ("more", "title", "details"),
    [
        ({"error_data": '{"details": "in a string"}'}, "(#1) Something", "in a string"),
        ({"error_data": "plain"}, "(#1) Something", "plain"),
        ({"error_data": None}, "(#1) Something", None),
        ({"error_user_title": "Titolo", "error_user_msg": "Frase"}, "Titolo", "Frase"),
        ({"message": None}, None, None),
    ],
)
def test_the_words_wherever_meta_put_them(
    more: dict[str, Any], title: str | None, details: str | None
) -> None:
    problem = classify(400, body(100, **more))
    assert (problem.title, problem.details) == (title, details)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "9" * 40}, None),
        (
            {
                "x-business-use-case-usage": '{"1":[{"estimated_time_to_regain_access":3},'
                '{"estimated_time_to_regain_access":5}],"2":"x"}'
            },
            300.0,
        ),
        ({"x-business-use-case-usage": '{"1":[{"estimated_time_to_regain_access":0}]}'}, None),
        ({"x-business-use-case-usage": "{"}, None),
    ],
)
def test_how_long_meta_asks_us_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert classify(429, None, headers).retry_after == seconds


@pytest.mark.parametrize(
    "message",
    [
        "Malformed access token EAAGm0PX4ZCpsBAsecretsecret",
        "Malformed access token AQDsecretsecretsecretsecret",
        "Bad app token 123|0123456789abcdef0123456789abcdef",
    ],
)
def test_a_token_quoted_by_meta_goes_no_further(message: str) -> None:
    problem = classify(400, body(190, message=message, error_data={"details": message}))
    shown = f"{problem.title} {problem.details}"
    assert "…" in shown
    assert "secret" not in shown
    assert "0123456789abcdef" not in shown


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["error", "code", "error_subcode", "error_data", "message"]), inner
        )
    ),
)


@given(st.integers(100, 599), json)
def test_no_answer_breaks_it(http_status: int, answer: Any) -> None:
    assert classify(http_status, answer).remedy in Remedy


MEANT_FOR_OTHERS = {
    *range(138000, 138026),  # calls
    *range(139000, 139005),  # flows
    *range(139100, 139104),  # blocking
    *(131060, 2388001, 12, 91, 93, 103, 2494100),
    *(2593107, 2593108, 2593109),
}
"""Codes that no send is answered with; 2388012 and the like stand there cut short."""


def _codes_of_the_facts() -> set[int]:
    """Those of the table in docs/whatsapp.md §11."""
    page = (ROOT / "docs/whatsapp.md").read_text(encoding="utf-8")
    table = page.split("| code | HTTP |")[1].split("\n\n")[0]
    codes: set[int] = set()
    for row in table.splitlines()[2:]:
        first = row.split("|")[1]
        for low, high in re.findall(r"(\d+)(?:–(\d+))?", first):
            codes |= set(range(int(low), int(high or low) + 1))
    return codes


def test_every_code_of_metas_has_a_sentence_of_its_own() -> None:
    """M6: nobody is told no more than that a message was not delivered."""
    codes = _codes_of_the_facts()
    assert len(codes) > 90
    untold = {code for code in codes if reason_of(code) is FailureReason.OTHER}
    assert untold - MEANT_FOR_OTHERS == set()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (131026, FailureReason.UNDELIVERABLE),
        (131042, FailureReason.PAYMENT),
        (131049, FailureReason.HELD_BACK),
        (131053, FailureReason.FILE_NOT_TAKEN),
        (131205, FailureReason.GROUP),
        (132099, FailureReason.TEMPLATE_REFUSED),
        (134100, FailureReason.MARKETING_TERMS),
        (250, FailureReason.CREDENTIALS),
        (999_999, FailureReason.OTHER),
        (None, FailureReason.OTHER),
    ],
)
def test_what_people_are_told_of_a_code(code: int | None, reason: FailureReason) -> None:
    assert reason_of(code) is reason
