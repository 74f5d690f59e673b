"""Templates as the Graph API tells them, in the shapes that its real answers have."""

from typing import Any

import httpx
import pytest

from inbox_app.channels.whatsapp.graph.client import GraphClient
from inbox_app.channels.whatsapp.graph.errors import classify
from inbox_app.channels.whatsapp.graph.templates import (
    Created,
    ListedTemplate,
    creation,
    problem_of,
    read_created,
    read_page,
)
from inbox_app.channels.whatsapp.graph.transport import GraphRefusedError, OutcomeUnknownError
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.templates import TemplateCategory, TemplateProblem

pytestmark = pytest.mark.anyio

HELLO: dict[str, Any] = {
    "name": "hello_world",
    "previous_category": "ACCOUNT_UPDATE",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Hello World"},
        {"type": "BODY", "text": "Welcome!"},
    ],
    "language": "en_US",
    "status": "APPROVED",
    "category": "MARKETING",
    "id": "1192339204654487",
}


def only(**changes: Any) -> ListedTemplate:
    (template,) = read_page({"data": [HELLO | changes]})
    return template


def test_a_template_is_read_as_an_old_answer_tells_it() -> None:
    """Without the format of its parameters, its quality or a reason."""
    assert only() == ListedTemplate(
        provider_id="1192339204654487",
        name="hello_world",
        language="en_US",
        category="marketing",
        previous_category=None,
        status="APPROVED",
        components=HELLO["components"],
        reason=None,
        quality=None,
    )


def test_what_is_asked_for_by_name_is_read_too() -> None:
    told = only(
        id=1192339204654487,
        previous_category="UTILITY",
        quality_score={"score": "GREEN", "date": 1},
        rejected_reason="NONE",
    )
    assert told.provider_id == "1192339204654487"
    assert (told.previous_category, told.quality, told.reason) == ("utility", "GREEN", None)
    assert only(rejected_reason="TAG_CONTENT_MISMATCH").reason == "TAG_CONTENT_MISMATCH"


def test_what_is_new_keeps_metas_word() -> None:
    told = only(status="under_review", category="PAYMENTS", language="en-US")
    assert (told.status, told.category, told.language) == ("UNDER_REVIEW", "PAYMENTS", "en_US")


@pytest.mark.parametrize(
    "changes",
    [
        {"status": None},
        {"category": 7},
        {"components": None},
        {"components": {"type": "BODY"}},
        {"components": ["BODY", None, {"type": "BODY", "text": "a\x00b\ud800"}]},
        {"quality_score": "GREEN"},
        {"language": None},
        {"id": None},
    ],
)
def test_a_broken_part_costs_that_part_alone(changes: dict[str, Any]) -> None:
    told = only(**changes)
    assert told.name == "hello_world"
    assert "\x00" not in str(told.components)


def test_what_has_no_name_is_left_out_and_the_others_stay() -> None:
    page = {"data": [None, 7, {}, {"name": ""}, HELLO]}
    assert [one.name for one in read_page(page)] == ["hello_world"]
    assert read_page({"data": []}) == ()


def test_what_nests_without_end_is_cut() -> None:
    deep: Any = "end"
    for _ in range(900):
        deep = [deep]
    assert only(components=[{"type": "CAROUSEL", "cards": deep}]).name == "hello_world"


def test_a_plain_text_is_all_that_is_made() -> None:
    assert creation("check_in", "pt_BR", TemplateCategory.UTILITY, "Olá") == {
        "name": "check_in",
        "language": "pt_BR",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Olá"}],
    }


@pytest.mark.parametrize(
    ("answer", "created"),
    [
        (
            {"id": "16", "status": "PENDING", "category": "UTILITY"},
            Created(provider_id="16", status="PENDING", category="utility"),
        ),
        (
            {"id": 16, "status": "REJECTED", "category": "MARKETING"},
            Created(provider_id="16", status="REJECTED", category="marketing"),
        ),
        ({"id": "16"}, Created(provider_id="16", status="PENDING", category=None)),
        ({"success": True}, None),
    ],
)
def test_metas_answer_to_a_new_one(answer: dict[str, Any], created: Created | None) -> None:
    assert read_created(answer) == created


@pytest.mark.parametrize(
    ("code", "subcode", "problem"),
    [
        (100, 2388019, TemplateProblem.LIMIT_REACHED),
        (100, 2388023, TemplateProblem.NAME_TAKEN),
        (100, 2388024, TemplateProblem.NAME_TAKEN),
        (100, 2388040, TemplateProblem.TOO_LONG),
        (100, 2388047, TemplateProblem.FORMAT),
        (100, 2388072, TemplateProblem.FORMAT),
        (100, 2388073, TemplateProblem.FORMAT),
        (100, 2388293, TemplateProblem.VARIABLES),
        (100, 2388299, TemplateProblem.VARIABLES),
        (100, 2593002, TemplateProblem.NOT_FOUND),
        (100, 33, TemplateProblem.REFUSED),
        (100, None, TemplateProblem.REFUSED),
        (10, 2388185, TemplateProblem.NOT_ALLOWED),
        (10, None, TemplateProblem.CREDENTIALS),
        (190, 463, TemplateProblem.CREDENTIALS),
        (368, None, TemplateProblem.NOT_ALLOWED),
        (80007, None, TemplateProblem.TOO_MANY_AT_ONCE),
    ],
)
def test_a_refusal_is_what_its_codes_say(
    code: int, subcode: int | None, problem: TemplateProblem
) -> None:
    error = {"code": code, "message": "Invalid parameter", "error_user_title": "No"}
    if subcode is not None:
        error["error_subcode"] = subcode
    refused = classify(400, {"error": error})
    assert problem_of(refused) is problem
    credentials = problem is TemplateProblem.CREDENTIALS
    assert (refused.remedy is Remedy.RECONNECT) is credentials


def client(*answers: httpx.Response) -> tuple[GraphClient, list[httpx.Request]]:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answers[len(asked) - 1]

    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return GraphClient(http, "http://meta", "v25.0", "t"), asked


def page(*names: str, after: str | None = "A", more: bool = False) -> httpx.Response:
    paging: dict[str, Any] = {"cursors": {"before": "B", "after": after}}
    if more:
        paging["next"] = "http://meta/next"
    return httpx.Response(
        200, json={"data": [HELLO | {"name": n} for n in names], "paging": paging}
    )


async def listed(graph: GraphClient) -> list[str]:
    return [one.name async for found in graph.list_templates("7") for one in found]


async def test_pages_follow_their_cursors_until_there_is_no_next() -> None:
    """The last page has cursors too, and an empty list no paging at all."""
    graph, asked = client(page("a", more=True), page("b", after="Z"))
    assert await listed(graph) == ["a", "b"]
    assert [request.url.params.get("after") for request in asked] == [None, "A"]
    assert asked[0].url.params["limit"] == "100"
    graph, asked = client(httpx.Response(200, json={"data": []}))
    assert await listed(graph) == []


async def test_a_page_that_leads_to_itself_ends_the_list() -> None:
    graph, asked = client(page("a", more=True), page("b", more=True))
    assert await listed(graph) == ["a", "b"]
    assert len(asked) == 2


async def test_a_lost_place_is_looked_for_once() -> None:
    lost = httpx.Response(400, json={"error": {"code": 131059, "message": "Invalid cursor"}})
    graph, asked = client(page("a", more=True), lost, page("a", more=True), page("b"))
    assert await listed(graph) == ["a", "a", "b"]
    graph, asked = client(page("a", more=True), lost, page("a", more=True), lost)
    with pytest.raises(GraphRefusedError):
        await listed(graph)
    assert len(asked) == 4


async def test_an_answer_that_is_no_list_is_no_empty_list() -> None:
    graph, _ = client(httpx.Response(200, json={"success": True}))
    with pytest.raises(OutcomeUnknownError):
        await listed(graph)


async def test_one_language_is_deleted_by_its_id_beside_the_name() -> None:
    graph, asked = client(httpx.Response(200, json={"success": True}))
    await graph.delete_template("7", "check_in", "16")
    assert asked[0].method == "DELETE"
    assert dict(asked[0].url.params) == {"hsm_id": "16", "name": "check_in"}
