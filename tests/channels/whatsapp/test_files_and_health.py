"""What Meta gives of files and of a number, and what is made of her refusals."""

from collections.abc import Callable

import httpx
import pytest

from inbox_app.channels.outbound import FileUnavailableError, Health
from inbox_app.channels.whatsapp.channel import WhatsApp
from inbox_app.domain.delivery.failures import Failure, Remedy

pytestmark = pytest.mark.anyio

Handler = Callable[[httpx.Request], httpx.Response]
GONE = {"error": {"code": 100, "error_subcode": 33, "message": "Unsupported get request."}}


def over(handler: Handler) -> tuple[WhatsApp, httpx.AsyncClient]:
    http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
    return WhatsApp("https://graph.example", "v25.0"), http


async def fetched(handler: Handler) -> bytes:
    channel, http = over(handler)
    return b"".join([chunk async for chunk in channel.fetch_file(http, "a token", "77")])


async def test_a_file_is_read_from_the_address_that_meta_gives_with_the_token() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer a token"
        if request.url.host == "graph.example":
            assert request.url.path == "/v25.0/77"
            return httpx.Response(200, json={"url": "https://files.example/a", "id": "77"})
        return httpx.Response(200, content=b"x" * 200_000)

    assert len(await fetched(handler)) == 200_000


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        (httpx.Response(400, json=GONE), Remedy.NOT_FOUND),
        (httpx.Response(200, json={"id": "77"}), Remedy.NOT_FOUND),
        (httpx.Response(401, json={"error": {"code": 190}}), Remedy.RECONNECT),
        (httpx.Response(503), Remedy.RETRY),
        (httpx.Response(200, json={"url": "https://files.example/late"}), Remedy.RETRY),
        (httpx.Response(200, json={"url": "no address"}), Remedy.RETRY),
    ],
)
async def test_a_file_that_is_not_given_says_whether_later_it_might_be(
    answer: httpx.Response, remedy: Remedy
) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        return answer if request.url.host == "graph.example" else httpx.Response(404)

    with pytest.raises(FileUnavailableError) as unavailable:
        await fetched(handler)
    assert unavailable.value.failure.remedy is remedy


@pytest.mark.parametrize(
    ("answer", "health"),
    [
        (httpx.Response(200, json={"status": "CONNECTED", "quality_rating": "GREEN"}), Health()),
        (
            httpx.Response(200, json={"status": "FLAGGED", "quality_rating": "RED"}),
            Health(notes=("Meta calls the number FLAGGED", "the number's quality is RED")),
        ),
        (
            httpx.Response(401, json={"error": {"code": 190, "message": "Expired"}}),
            Health(Failure(remedy=Remedy.RECONNECT, code=190, words="Expired")),
        ),
        (httpx.Response(502), Health(Failure(remedy=Remedy.RETRY))),
    ],
)
async def test_a_number_is_as_well_as_meta_says(answer: httpx.Response, health: Health) -> None:
    channel, http = over(lambda _request: answer)
    assert await channel.health(http, "a token", "1065") == health
