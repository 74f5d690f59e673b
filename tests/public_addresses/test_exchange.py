"""Calls to addresses that somebody typed: they reach what is public, and end."""

import gzip
import threading
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from inbox_app.public_addresses.client import PublicTransport, public_client
from inbox_app.public_addresses.exchange import PublicAnswer, exchange
from inbox_app.public_addresses.problems import PublicAddressError, PublicAddressProblem
from tests.support.patience import PATIENCE
from tests.support.servers.local_web import NAMES, LocalWeb, Page, local_web

_HOST, _OTHER = NAMES[:2]


class Names:
    """What each name is looked up as, in turn; the last stays."""

    def __init__(self, **addresses: list[list[str]]) -> None:
        self.addresses = {_HOST: [["127.0.0.1"]], _OTHER: [["127.0.0.1"]]} | addresses

    async def resolve(self, host: str, port: int) -> list[str]:
        """As the system would."""
        if host not in self.addresses:
            raise OSError("unknown")
        turns = self.addresses[host]
        return turns.pop(0) if len(turns) > 1 else turns[0]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalWeb]:
    with local_web(tmp_path_factory.mktemp("web")) as web:
        yield web


@pytest.fixture
def web(served: LocalWeb) -> LocalWeb:
    served.pages.clear()
    served.asked.clear()
    return served


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
async def client(web: LocalWeb, names: Names) -> AsyncIterator[httpx.AsyncClient]:
    """Takes this machine's first address for a public one, and no other."""
    transport = PublicTransport(
        web.trusting(), resolve=names.resolve, is_allowed=lambda ip: ip == "127.0.0.1"
    )
    async with public_client(transport) as client:
        yield client


async def _get(
    client: httpx.AsyncClient, url: str, *, at_most: int = 1000, within: float = PATIENCE
) -> PublicAnswer:
    return await exchange(client, "GET", url, redirects=True, at_most=at_most, within=within)


async def _problem(client: httpx.AsyncClient, url: str, **limits: float) -> PublicAddressProblem:
    with pytest.raises(PublicAddressError) as caught:
        await _get(client, url, **limits)  # type: ignore[arg-type]
    assert caught.value.__cause__ is None
    assert "secret" not in str(caught.value)
    return caught.value.problem


async def test_it_is_asked_by_its_name_and_answers(
    client: httpx.AsyncClient, web: LocalWeb
) -> None:
    web.pages["/a?s=secret"] = Page(b"hello", headers={"ETag": '"1"'})
    answer = await _get(client, web.url("/a?s=secret"))
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", '"1"')
    assert web.asked[0]["host"] == f"{_HOST}:{web.port}"


async def test_what_is_posted_arrives_with_its_headers(
    client: httpx.AsyncClient, web: LocalWeb
) -> None:
    web.pages["/hook"] = Page(status=204)
    answer = await exchange(
        client,
        "POST",
        web.url("/hook"),
        headers={"webhook-id": "7"},
        content=b'{"a": 1}',
        at_most=100,
        within=PATIENCE,
    )
    assert answer.status == 204
    assert (web.asked[0]["webhook-id"], web.asked[0][":body"]) == ("7", '{"a": 1}')


@pytest.mark.parametrize(
    "addresses", [["127.0.0.2"], ["127.0.0.1", "127.0.0.2"], ["::1"], ["169.254.169.254"]]
)
async def test_a_name_that_leads_to_what_is_not_public_is_not_asked(
    client: httpx.AsyncClient, web: LocalWeb, names: Names, addresses: list[str]
) -> None:
    names.addresses[_HOST] = [addresses]
    assert await _problem(client, web.url("/?s=secret")) is PublicAddressProblem.NOT_PUBLIC
    assert web.asked == []


async def test_a_name_that_changes_its_address_after_the_check_gains_nothing(
    client: httpx.AsyncClient, web: LocalWeb, names: Names
) -> None:
    web.pages["/"] = Page(b"hello")
    names.addresses[_HOST] = [["127.0.0.1"], ["127.0.0.2"]]
    assert (await _get(client, web.url("/"))).body == b"hello"
    assert await _problem(client, web.url("/?s=secret")) is PublicAddressProblem.NOT_PUBLIC


@pytest.mark.parametrize(
    ("to", "problem"),
    [
        ("https://{other}:{port}/secret", PublicAddressProblem.NOT_PUBLIC),
        ("https://169.254.169.254/latest/secret", PublicAddressProblem.NOT_PUBLIC),
        ("http://{host}:{port}/secret", PublicAddressProblem.NOT_HTTPS),
        ("file:///etc/secret", PublicAddressProblem.NOT_HTTPS),
        ("/loop", PublicAddressProblem.REDIRECTED),
    ],
)
async def test_a_redirect_is_held_to_the_same(
    client: httpx.AsyncClient, web: LocalWeb, names: Names, to: str, problem: PublicAddressProblem
) -> None:
    names.addresses |= {_OTHER: [["127.0.0.2"]], "169.254.169.254": [["169.254.169.254"]]}
    there = to.format(host=_HOST, other=_OTHER, port=web.port)
    web.pages["/loop"] = Page(status=302, headers={"Location": there})
    assert await _problem(client, web.url("/loop")) is problem


async def test_a_redirect_to_another_public_name_is_followed_without_cookies(
    client: httpx.AsyncClient, web: LocalWeb
) -> None:
    there = {"Location": web.url("/b", _OTHER), "Set-Cookie": "who=ours"}
    web.pages |= {"/a": Page(status=301, headers=there), "/b": Page(b"moved")}
    assert (await _get(client, web.url("/a"))).body == b"moved"
    await _get(client, web.url("/a"))
    assert not any("cookie" in asked for asked in web.asked)


async def test_the_certificate_is_held_against_the_name(
    web: LocalWeb, names: Names, client: httpx.AsyncClient
) -> None:
    names.addresses["elsewhere.example.com"] = [["127.0.0.1"]]
    stranger = web.url("/?s=secret", "elsewhere.example.com")
    assert await _problem(client, stranger) is PublicAddressProblem.UNTRUSTED


async def test_the_next_address_is_tried_when_one_does_not_answer(
    web: LocalWeb, names: Names
) -> None:
    web.pages["/"] = Page(b"hello")
    names.addresses[_HOST] = [["127.0.0.3", "127.0.0.1"]]
    transport = PublicTransport(
        web.trusting(), resolve=names.resolve, is_allowed=lambda ip: ip.startswith("127.")
    )
    async with public_client(transport) as client:
        assert (await _get(client, web.url("/"))).body == b"hello"


async def test_a_name_that_nobody_knows_is_told(client: httpx.AsyncClient) -> None:
    unknown = "https://nobody.example.com/?s=secret"
    assert await _problem(client, unknown) is PublicAddressProblem.UNKNOWN_HOST


@pytest.mark.parametrize(
    "page",
    [
        Page(b"x" * 1001),
        Page(gzip.compress(b"x" * 10_000_000), headers={"Content-Encoding": "gzip"}),
    ],
    ids=["as it comes", "unfolded"],
)
async def test_what_is_too_large_is_not_read(
    client: httpx.AsyncClient, web: LocalWeb, page: Page
) -> None:
    web.pages["/"] = page
    assert await _problem(client, web.url("/")) is PublicAddressProblem.TOO_LARGE


async def test_what_comes_folded_is_unfolded(client: httpx.AsyncClient, web: LocalWeb) -> None:
    web.pages["/"] = Page(gzip.compress(b"x" * 1000), headers={"Content-Encoding": "gzip"})
    assert (await _get(client, web.url("/"))).body == b"x" * 1000


@pytest.mark.parametrize("coding", ["br", "gzip"])
async def test_what_cannot_be_unfolded_is_told(
    client: httpx.AsyncClient, web: LocalWeb, coding: str
) -> None:
    web.pages["/"] = Page(b"hello", headers={"Content-Encoding": coding})
    assert await _problem(client, web.url("/")) is PublicAddressProblem.UNREADABLE


async def test_who_never_answers_is_given_up(client: httpx.AsyncClient, web: LocalWeb) -> None:
    answering = threading.Event()
    web.pages["/"] = Page(waits=answering)
    try:
        slow = await _problem(client, web.url("/"), within=0.2)
    finally:
        answering.set()
    assert slow is PublicAddressProblem.TOO_SLOW


async def test_by_itself_a_client_reaches_nothing_on_this_machine(web: LocalWeb) -> None:
    async with public_client() as client:
        for host in ("127.0.0.1", "localhost"):
            problem = await _problem(client, web.url("/", host))
            assert problem is PublicAddressProblem.NOT_PUBLIC
