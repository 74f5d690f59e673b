"""`openapi.json` says all that the API answers, and nothing that cannot be looked up."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.two_companies import Installation, assert_problem
from tests.support.factories import ADA_PHONE

pytestmark = pytest.mark.anyio

OF_ALL = {"400", "401", "404", "422", "429", "503"}
OF_WRITES = {"408", "409", "413"}


@pytest.fixture
async def described(here: Installation) -> dict[str, Any]:
    return (await here.pms.get("/openapi.json")).json()


def calls(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, call in methods.items():
            yield f"{method} {path}", call


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (value for name, value in part.items() if name == "$ref")
    for inner in (
        part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    ):
        yield from references(inner)


async def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    found = set(references(described))
    assert "#/components/schemas/ProblemOut" in found
    for reference in found:
        place = described
        for name in reference.removeprefix("#/").split("/"):
            place = place[name]


async def test_every_call_says_what_the_gate_may_answer_in_its_place(
    described: dict[str, Any],
) -> None:
    for name, call in calls(described):
        wanted = OF_ALL if name.startswith("get") else OF_ALL | OF_WRITES
        assert wanted <= set(call["responses"]), name
        for status in wanted:
            content = call["responses"][status]["content"]
            problem = {"schema": {"$ref": "#/components/schemas/ProblemOut"}}
            assert content == {"application/problem+json": problem}, name
        for status in ("429", "503"):
            assert "Retry-After" in call["responses"][status]["headers"], name


async def test_every_call_says_how_to_show_a_key_and_every_write_how_to_repeat_it(
    described: dict[str, Any],
) -> None:
    assert described["security"] == [{"key": []}]
    assert described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for name, call in calls(described):
        headers = {one["name"] for one in call.get("parameters", []) if one["in"] == "header"}
        assert headers == (set() if name.startswith("get") else {"Idempotency-Key"}), name


async def test_a_call_that_does_not_exist_is_told_which_do(here: Installation) -> None:
    for path, allowed in (
        ("/actors/ada", "DELETE, GET, PUT"),
        ("/templates/refresh", "POST"),
        ("/conversations", "GET, POST"),
    ):
        await here.pms.put("/actors/ada", json={"kind": "guest", "name": "Ada"}, headers=KEY)
        answer = await here.pms.request("PATCH", path, headers=KEY)
        assert_problem(answer, 405, "method-not-allowed")
        assert answer.headers["allow"] == allowed


@pytest.mark.parametrize("id_", ["a%0Ab", "%0A", "a%0D%0A"])
async def test_a_line_break_in_an_id_is_answered_by_the_api_too(
    here: Installation, id_: str
) -> None:
    assert_problem(await here.pms.get(f"/webhook_endpoints/{id_}"), 404, "not-found")
    rotated = await here.pms.post(f"/webhook_endpoints/{id_}/rotate", headers=KEY)
    assert_problem(rotated, 404, "not-found")


KEY = {"idempotency-key": "one"}


async def test_every_kind_of_problem_is_explained(here: Installation) -> None:
    page = (await here.pms.get("/docs")).text
    for kind in ("busy", "cursor", "idempotency-key", "method-not-allowed", "too-slow"):
        assert f'<dt id="{kind}">' in page


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("/conversations/{conversation}", {"archived": 1}),
        ("/conversations/{conversation}", {"starred": "true"}),
        ("/conversations/{conversation}", {"done": "no"}),
        ("/conversations/{conversation}", {"snoozed_until": 1_990_000_000}),
        ("/conversations/{conversation}", {"snoozed_until": "1990000000"}),
        ("/webhook_endpoints/{endpoint}", {"active": 0}),
    ],
)
async def test_what_is_no_truth_value_and_no_time_as_described_is_not_read_as_one(
    here: Installation, path: str, changed: dict[str, Any]
) -> None:
    url = {"url": "https://pms.example.com/hooks"}
    there = {
        "conversation": (await here.pms.post("/conversations", json={"phone": ADA_PHONE})).json(),
        "endpoint": (await here.pms.post("/webhook_endpoints", json=url)).json(),
    }
    where = path.format(**{name: each["id"] for name, each in there.items()})
    assert_problem(await here.pms.patch(where, json=changed), 422, "invalid")


async def test_a_number_is_chosen_for_whatsapp_by_true_and_nothing_like_it(
    here: Installation,
) -> None:
    given = {"kind": "guest", "name": "Ada", "phones": [{"raw": ADA_PHONE, "whatsapp": 1}]}
    assert_problem(await here.pms.put("/actors/ada", json=given), 422, "invalid")


async def test_a_refusal_names_what_may_be_given_in_the_words_of_the_api(
    here: Installation,
) -> None:
    filtered = assert_problem(await here.pms.get("/conversations?filter=mine"), 422, "invalid")
    events = {"url": "https://pms.example.com", "events": ["webhook.test"]}
    subscribed = assert_problem(
        await here.pms.post("/webhook_endpoints", json=events), 422, "invalid"
    )
    both = {"actor": "ada", "phone": ADA_PHONE}
    refused = assert_problem(await here.pms.post("/conversations", json=both), 422, "invalid")
    assert filtered["detail"].startswith("query.filter: Input should be 'to_answer', 'all', ")
    assert "'message.received', 'message.updated'" in subscribed["detail"]
    assert refused["detail"] == "body: give either actor or phone."


async def test_an_address_with_a_slash_too_many_is_no_call_and_leads_nowhere_else(
    here: Installation,
) -> None:
    for answer in (await here.pms.get("/actors/"), await here.pms.get("/conversations/1/")):
        assert_problem(answer, 404, "not-found")


async def test_a_key_may_have_slashes_in_it(here: Installation) -> None:
    home = {"name": "Casa Blu", "timezone": "Europe/Rome"}
    assert (await here.pms.put("/accommodations/2026%2F1", json=home)).status_code == 201
    assert (await here.pms.put("/accommodations/2026%2f1", json=home)).status_code == 200
    shown = (await here.pms.get("/accommodations/2026%2F1")).json()
    assert shown["external_id"] == "2026/1"
    assert (await here.pms.get("/accommodations")).json()["items"] == [shown]
    guest = {"kind": "guest", "name": "Ada"}
    await here.pms.put("/actors/a%2Fb%2Fmerge", json=guest)
    await here.pms.put("/actors/c", json=guest)
    assert (await here.pms.post("/actors/a%2Fb%2Fmerge/merge", json={"into": "c"})).is_success
    assert (await here.pms.delete("/accommodations/2026%2F1")).status_code == 204
    assert_problem(await here.pms.get("/accommodations/2026/1"), 404, "not-found")
