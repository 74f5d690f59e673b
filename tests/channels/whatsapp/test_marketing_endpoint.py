"""Marketing templates leave by Meta's endpoint for them, and by the common one where that is not
open to the number (docs/whatsapp.md §8)."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from inbox_app.channels.outbound import DeliveryResult, Job, Refused, RetryAt, Sent
from inbox_app.channels.whatsapp.channel import WhatsApp
from inbox_app.channels.whatsapp.delivery import TemplateName
from inbox_app.domain.messages import MessageKind

pytestmark = pytest.mark.anyio

TAKEN = httpx.Response(200, json={"messages": [{"id": "wamid.1"}]})


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def refused(code: int, subcode: int | None = None, http: int = 400) -> httpx.Response:
    error: dict[str, Any] = {"message": f"(#{code})", "type": "OAuthException", "code": code}
    if subcode:
        error["error_subcode"] = subcode
    return httpx.Response(http, json={"error": error})


def job(*, marketing: bool | None) -> Job:
    template = marketing is not None
    return Job(
        outbox_id=1,
        message_id=1,
        account_id=1,
        conversation_id=1,
        connection_id=1,
        channel="whatsapp",
        endpoint="106540352242922",
        credentials_encrypted="",
        address="393471234567",
        external_id=None,
        kind=MessageKind.TEMPLATE if template else MessageKind.TEXT,
        text="Ciao",
        content=TemplateName("offerta", "it", marketing=bool(marketing)) if template else None,
        ref="ours",
        attempt=1,
    )


async def _no_file(sha256: str) -> AsyncIterator[bytes]:
    raise LookupError(sha256)
    yield b""


async def delivered(
    what: Job, answer: Callable[[str], httpx.Response]
) -> tuple[DeliveryResult, list[str]]:
    """What became of it, and where it was sent to."""
    edges: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        edges.append(request.url.path.rpartition("/")[2])
        return answer(edges[-1])

    async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http:
        channel = WhatsApp("https://graph.example", "v25.0")
        return await channel.deliver(http, "EAA", what, _no_file), edges


@pytest.mark.parametrize(
    ("marketing", "edge"),
    [(True, "marketing_messages"), (False, "messages"), (None, "messages")],
)
async def test_where_a_message_leaves(marketing: bool | None, edge: str) -> None:
    result, edges = await delivered(job(marketing=marketing), lambda _: TAKEN)
    assert isinstance(result, Sent)
    assert edges == [edge]


@pytest.mark.parametrize(
    "answer",
    [
        *(refused(134100), refused(134101), refused(134102, http=500), refused(131055)),
        *(refused(100, 33), refused(2500)),
    ],
)
async def test_where_that_is_not_open_it_takes_the_common_way(answer: httpx.Response) -> None:
    result, edges = await delivered(
        job(marketing=True), lambda edge: TAKEN if edge == "messages" else answer
    )
    assert isinstance(result, Sent)
    assert edges == ["marketing_messages", "messages"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(refused(131050), Refused), (refused(132001), Refused), (refused(131000, http=500), RetryAt)],
)
async def test_what_the_other_way_would_not_change_is_not_tried_twice(
    answer: httpx.Response, kind: type[DeliveryResult]
) -> None:
    result, edges = await delivered(job(marketing=True), lambda _: answer)
    assert isinstance(result, kind)
    assert edges == ["marketing_messages"]
