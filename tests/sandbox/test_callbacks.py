"""An address takes the webhooks of messages over once it has shown that it knows the token."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from inbox_app.sandbox.simulator.people import DEMO_NUMBER, TOKEN
from tests.support.servers.simulated_meta import Clock, Meta, simulated_meta

pytestmark = pytest.mark.anyio

WABA, PHONE = DEMO_NUMBER.waba_id, DEMO_NUMBER.phone_number_id
ELSEWHERE, NEARER = "https://elsewhere.example/hook?of=us", "https://nearer.example/hook"
OURS = "http://us/webhooks/whatsapp"
KNOWN = "the token of that address"


def knows_its_token(request: httpx.Request) -> httpx.Response:
    asked = request.url.params
    known = asked["hub.mode"] == "subscribe" and asked["hub.verify_token"] == KNOWN
    return httpx.Response(200, text=asked["hub.challenge"]) if known else httpx.Response(403)


@pytest.fixture
async def meta(clock: Clock) -> AsyncIterator[Meta]:
    meta = simulated_meta(clock, verifies=knows_its_token)
    yield meta
    await meta.simulator.close()


class Graph:
    """The simulated Graph API, by bare calls."""

    def __init__(self, meta: Meta) -> None:
        self._http = httpx.AsyncClient(
            transport=meta.wire,
            base_url="http://meta/sandbox/graph/v25.0/",
            headers={"Authorization": f"Bearer {TOKEN}"},
        )

    async def subscribe(self, url: str = "", token: str = KNOWN) -> httpx.Response:
        wanted = {"override_callback_uri": url, "verify_token": token} if url else None
        return await self._http.post(f"{WABA}/subscribed_apps", json=wanted)

    async def configure(self, url: str, token: str = KNOWN) -> httpx.Response:
        wanted = {"override_callback_uri": url, "verify_token": token}
        return await self._http.post(PHONE, json={"webhook_configuration": wanted})

    async def unsubscribe(self) -> None:
        await self._http.delete(f"{WABA}/subscribed_apps")

    async def told_of_account(self) -> list[str | None]:
        apps = (await self._http.get(f"{WABA}/subscribed_apps")).json()["data"]
        return [app.get("override_callback_uri") for app in apps]

    async def told_of_number(self) -> dict[str, str]:
        asked = {"fields": "webhook_configuration"}
        return (await self._http.get(PHONE, params=asked)).json()["webhook_configuration"]


@pytest.fixture
def graph(meta: Meta) -> Graph:
    return Graph(meta)


async def address_of_the_next(meta: Meta) -> str:
    meta.posted.clear()
    content = {"type": "text", "text": {"body": "Buongiorno"}}
    await meta.simulator.write(DEMO_NUMBER, "393471234567", content)
    (delivery,) = meta.posted
    return str(delivery.url)


def error_of(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 400
    return answer.json()["error"]


async def test_a_number_s_address_goes_before_its_account_s_and_that_before_the_app_s(
    meta: Meta, graph: Graph
) -> None:
    assert await address_of_the_next(meta) == OURS
    assert (await graph.subscribe(ELSEWHERE)).json() == {"success": True}
    assert await address_of_the_next(meta) == ELSEWHERE
    assert (await graph.configure(NEARER)).json() == {"success": True}
    assert await address_of_the_next(meta) == NEARER

    assert await graph.told_of_account() == [ELSEWHERE]
    assert await graph.told_of_number() == {
        "phone_number": NEARER,
        "whatsapp_business_account": ELSEWHERE,
        "application": OURS,
    }


async def test_an_empty_address_or_a_plain_subscription_takes_it_away(
    meta: Meta, graph: Graph
) -> None:
    await graph.subscribe(ELSEWHERE)
    await graph.configure(NEARER)

    await graph.configure("")
    assert await address_of_the_next(meta) == ELSEWHERE
    await graph.subscribe()
    assert await address_of_the_next(meta) == OURS
    assert await graph.told_of_account() == [None]


async def test_webhooks_that_are_not_of_messages_stay_with_the_app(
    meta: Meta, graph: Graph
) -> None:
    await graph.subscribe(ELSEWHERE)

    await meta.simulator.prefer(DEMO_NUMBER, "393471234567", marketing=False)

    assert [str(delivery.url) for delivery in meta.posted] == [OURS]


async def test_who_does_not_know_the_token_is_refused_and_nothing_changes(
    meta: Meta, graph: Graph
) -> None:
    for refused in (
        await graph.subscribe(ELSEWHERE, token="another"),
        await graph.configure(NEARER, token="another"),
    ):
        error = error_of(refused)
        assert (error["code"], error["type"]) == (2200, "OAuthException")
        assert error["message"] == (
            "(#2200) Callback verification failed with the following errors: "
            "HTTP Status Code = 403; HTTP Message = Forbidden"
        )
        assert "error_data" not in error
    assert await address_of_the_next(meta) == OURS


def silent(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("nothing", request=request)


def away(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nobody", request=request)


@pytest.mark.parametrize(
    ("verifies", "code", "words"),
    [
        (lambda _: httpx.Response(404), 2200, "HTTP Status Code = 404; HTTP Message = Not Found"),
        (lambda _: httpx.Response(302, headers={"location": OURS}), 2200, "Code = 302"),
        (lambda _: httpx.Response(204), 2200, "Code = 204"),
        (silent, 2200, "curl_errno = 28"),
        (away, 2200, "curl_errno = 7"),
        (lambda _: httpx.Response(200, text="<h1>Benvenuti</h1>"), 2201, "Benvenuti"),
        (lambda r: httpx.Response(200, text=f'"{r.url.params["hub.challenge"]}"'), 2201, "match"),
    ],
)
async def test_whatever_is_not_the_challenge_alone_is_refused(
    clock: Clock, verifies: Callable[[httpx.Request], httpx.Response], code: int, words: str
) -> None:
    meta = simulated_meta(clock, verifies=verifies)

    error = error_of(await Graph(meta).subscribe(ELSEWHERE))

    assert error["code"] == code
    assert words in error["message"]


async def test_each_question_has_a_challenge_of_its_own(clock: Clock) -> None:
    asked: list[httpx.QueryParams] = []

    def remembers(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params)
        return knows_its_token(request)

    graph = Graph(simulated_meta(clock, verifies=remembers))
    await graph.subscribe(ELSEWHERE)
    await graph.subscribe(ELSEWHERE)

    assert len({each["hub.challenge"] for each in asked}) == 2
    assert all(each["hub.challenge"].isdigit() and each["of"] == "us" for each in asked)


async def test_an_account_that_nobody_subscribed_to_has_no_address_of_its_own(
    meta: Meta, graph: Graph
) -> None:
    await graph.unsubscribe()

    error = error_of(await graph.subscribe(ELSEWHERE))

    assert error["code"] == 100
    assert "must be subscribed" in error["error_data"]["details"]
    await graph.subscribe()
    assert (await graph.subscribe(ELSEWHERE)).json() == {"success": True}


@pytest.mark.parametrize("url", ["elsewhere", "ftp://elsewhere.example", "https://e/" + "a" * 200])
async def test_what_is_no_address_or_too_long_is_not_asked(clock: Clock, url: str) -> None:
    meta = simulated_meta(clock, verifies=silent)

    assert error_of(await Graph(meta).subscribe(url))["code"] == 100


async def test_an_address_without_a_token_is_refused(graph: Graph) -> None:
    assert error_of(await graph.subscribe(ELSEWHERE, token=""))["code"] == 100
