"""What we do about Meta's errors."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_app.whatsapp.errors import Outcome, classify, outcome_of


def body(code: Any, subcode: Any = None, **more: Any) -> dict[str, Any]:
    error = {"message": "(#1) Something", "type": "OAuthException", "code": code} | more
    return {"error": error if subcode is None else error | {"error_subcode": subcode}}


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (0, Outcome.RECONNECT),
        (1, Outcome.RETRY),
        (2, Outcome.RETRY),
        (3, Outcome.RECONNECT),
        (4, Outcome.RETRY),
        (10, Outcome.RECONNECT),
        (33, Outcome.INVALID),
        (100, Outcome.INVALID),
        (190, Outcome.RECONNECT),
        (200, Outcome.RECONNECT),
        (299, Outcome.RECONNECT),
        (368, Outcome.RETRY_LATER),
        (80007, Outcome.RETRY),
        (130429, Outcome.RETRY),
        (130472, Outcome.INVALID),
        (130497, Outcome.INVALID),
        (131000, Outcome.RETRY),
        (131005, Outcome.RECONNECT),
        (131008, Outcome.INVALID),
        (131016, Outcome.RETRY),
        (131021, Outcome.UNDELIVERABLE),
        (131026, Outcome.UNDELIVERABLE),
        (131030, Outcome.NOT_LISTED),
        (131031, Outcome.RETRY_LATER),
        (131042, Outcome.RETRY_LATER),
        (131045, Outcome.RETRY_LATER),
        (131047, Outcome.WINDOW_CLOSED),
        (131048, Outcome.RETRY_LATER),
        (131049, Outcome.RETRY_LATER),
        (131050, Outcome.OPTED_OUT),
        (131051, Outcome.INVALID),
        (131056, Outcome.PAIR_LIMITED),
        (131057, Outcome.RETRY),
        (131062, Outcome.INVALID),
        (132000, Outcome.FIX_TEMPLATE),
        (132001, Outcome.FIX_TEMPLATE),
        (132015, Outcome.RETRY_LATER),
        (132016, Outcome.FIX_TEMPLATE),
        (132068, Outcome.RETRY_LATER),
        (133004, Outcome.RETRY),
        (133005, Outcome.INVALID),
        (133010, Outcome.RETRY_LATER),
        (135000, Outcome.INVALID),
        (999999, Outcome.INVALID),
        (None, Outcome.INVALID),
    ],
)
def test_what_a_code_asks_for(code: int | None, outcome: Outcome) -> None:
    assert outcome_of(code) is outcome


@pytest.mark.parametrize("http_status", [200, 400, 401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (190, Outcome.RECONNECT),
        (131056, Outcome.PAIR_LIMITED),
        (131047, Outcome.WINDOW_CLOSED),
        (131026, Outcome.UNDELIVERABLE),
        (100, Outcome.INVALID),
        (132001, Outcome.FIX_TEMPLATE),
    ],
)
def test_the_code_decides_whatever_the_http_status(
    http_status: int, code: int, outcome: Outcome
) -> None:
    assert classify(http_status, body(code)).outcome is outcome


@pytest.mark.parametrize(
    ("code", "subcode", "outcome"),
    [
        (100, 33, Outcome.NOT_FOUND),
        (100, 2593002, Outcome.NOT_FOUND),
        (100, 2388024, Outcome.FIX_TEMPLATE),
        (10, 2388185, Outcome.FIX_TEMPLATE),
        (190, 463, Outcome.RECONNECT),
        (100, 1, Outcome.INVALID),
    ],
)
def test_some_subcodes_say_more(code: int, subcode: int, outcome: Outcome) -> None:
    assert classify(400, body(code, subcode)).outcome is outcome


@pytest.mark.parametrize(
    ("http_status", "answer", "outcome"),
    [
        (500, None, Outcome.RETRY),
        (503, None, Outcome.RETRY),
        (429, None, Outcome.RETRY),
        (408, None, Outcome.RETRY),
        (401, None, Outcome.INVALID),
        (403, None, Outcome.INVALID),
        (404, None, Outcome.INVALID),
        (302, None, Outcome.INVALID),
        (500, body(777001), Outcome.RETRY),
        (400, body(777001), Outcome.INVALID),
        (401, body(777001), Outcome.RECONNECT),
        (400, body(777001, is_transient=True), Outcome.RETRY),
        (500, {"error": {}}, Outcome.RETRY),
        (400, {"error": "text"}, Outcome.INVALID),
        (400, [], Outcome.INVALID),
    ],
)
def test_without_a_known_code_the_rest_decides(
    http_status: int, answer: Any, outcome: Outcome
) -> None:
    assert classify(http_status, answer).outcome is outcome


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
    assert classify(http_status, answer).outcome in Outcome
