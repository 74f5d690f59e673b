"""The outermost callable: headers on every answer, closed doors, the fast lane, page folders."""

from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from inbox_app.api.edge import REFLEX_PATHS, Edge
from inbox_app.api.security_headers import page_paths, script_hashes, security_headers

pytestmark = pytest.mark.anyio

PAGE = "<html><script>let a = 1 && 2</script><script src='/assets/x.js'></script></html>"
HASH_OF_THE_SCRIPT = "'sha256-0yk84dgf0qHU/iaOKvN1/w8T1kTf52JE3tOsN4bJN8o='"


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    status = 404 if scope["path"] == "/assets/gone.js" else 200
    await PlainTextResponse(f"inside {scope['path']}", status)(scope, receive, send)


async def own_policy(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"Content-Security-Policy": "sandbox", "Cache-Control": "private"}
    await PlainTextResponse("", headers=headers)(scope, receive, send)


async def webhook(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("webhook")(scope, receive, send)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "templates" / "index.html").write_text(PAGE)
    return tmp_path


POLICY = {"over_https": False, "origins": ("https://inbox.example.com",)}


def policy_of(headers: httpx.Headers) -> dict[str, str]:
    parts = headers["content-security-policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


async def test_the_page_that_connects_alone_may_load_facebook_and_open_its_window(
    built: Path,
) -> None:
    door = Edge(
        inside=inside,
        fast_lane={},
        headers=security_headers(built, **POLICY),  # pyright: ignore[reportArgumentType]
        own_headers={"/connect": security_headers(built, **POLICY, facebook=True)},  # pyright: ignore[reportArgumentType]
        page_paths=frozenset({"/connect"}),
    )
    transport = httpx.ASGITransport(door)
    async with httpx.AsyncClient(transport=transport, base_url="http://inbox") as client:
        own = [(await client.get(path)).headers for path in ("/connect", "/connect/")]
        others = [
            (await client.get(path)).headers
            for path in ("/", "/settings", "/connect/x", "/connected", "/media/connect")
        ]
    for headers in own:
        policy = policy_of(headers)
        assert policy["script-src"] == f"'self' {HASH_OF_THE_SCRIPT} https://connect.facebook.net"
        assert policy["frame-src"] == "'self' https://facebook.com https://*.facebook.com"
        assert policy["connect-src"].endswith("https://facebook.com https://*.facebook.com")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cross-origin-opener-policy"] == "same-origin-allow-popups"
    for headers in others:
        assert "facebook" not in headers["content-security-policy"]
        assert headers["cross-origin-opener-policy"] == "same-origin"


def browser(built: Path, app: object = inside, *, over_https: bool = False) -> httpx.AsyncClient:
    door = Edge(
        inside=app,  # pyright: ignore[reportArgumentType]
        fast_lane={"/webhooks/whatsapp": webhook},
        headers=security_headers(
            built, ("https://inbox.example.com", "http://[::1]:8000"), over_https=over_https
        ),
        page_paths=page_paths(built),
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://inbox")


async def test_every_answer_says_what_browsers_may_do(built: Path) -> None:
    async with browser(built) as client:
        headers = (await client.get("/anything")).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["script-src"] == f"'self' {HASH_OF_THE_SCRIPT}"
    assert policy["style-src"] == "'self'"
    assert policy["connect-src"] == "'self' wss://inbox.example.com"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert "strict-transport-security" not in headers


async def test_over_https_browsers_are_told_to_stay_there(built: Path) -> None:
    async with browser(built, over_https=True) as client:
        assert "strict-transport-security" in (await client.get("/")).headers


async def test_an_answer_keeps_the_headers_that_it_set_itself(built: Path) -> None:
    async with browser(built, own_policy) as client:
        headers = (await client.get("/media/1")).headers
    assert headers.get_list("content-security-policy") == ["sandbox"]
    assert headers.get_list("cache-control") == ["private"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "lasting"),
    [("/assets/root-abc.js", True), ("/assets/gone.js", False), ("/", False), ("/sw.js", False)],
)
async def test_only_built_files_that_exist_are_kept_for_ever(
    built: Path, path: str, lasting: bool
) -> None:
    async with browser(built) as client:
        caching = (await client.get(path)).headers["cache-control"]
    assert ("immutable" in caching) is lasting
    assert (caching == "no-cache") is not lasting


async def test_icons_can_be_drawn_while_the_network_is_away(built: Path) -> None:
    async with browser(built) as client:
        caching = (await client.get("/icons.svg")).headers["cache-control"]
    assert "stale-while-revalidate" in caching


@pytest.mark.parametrize(
    "path",
    ["/_upload", "/_upload/x.png", "/_health", "/_all_routes", "/auth-codespace", "/_event/"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_reflex_doors_that_nobody_uses_are_shut(built: Path, path: str, method: str) -> None:
    async with browser(built) as client:
        answer = await client.request(method, path)
    assert answer.status_code == 404
    assert "inside" not in answer.text
    assert "content-security-policy" in answer.headers


SPELLINGS = [
    "/{}",
    "/{}/",
    "/{}/x",
    "//{}",
    "///{}",
    "/./{}",
    "/x/../{}",
    "/x//../{}",
    "/../{}",
    "/%2F{}",
    "/%2e%2e/{}",
    "/x%2F..%2F{}",
    "/{}//",
    "/{}/./x",
    "/{}%00",
    "{}",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("door", [door[1:] for door in (*REFLEX_PATHS, "/sandbox")])
async def test_a_closed_door_is_closed_in_every_spelling(
    built: Path, door: str, spelling: str
) -> None:
    for name in (door, door.upper(), door.replace(door[1], f"%{ord(door[1]):x}", 1)):
        asked: list[str] = []
        answered = await answer_raw(spelling.format(name), asked)
        assert (answered, asked) == (404, [])


@pytest.mark.parametrize("path", ["/", "/inbox/7", "/templates/", "/assets/a..b.js", "/api/v1/x"])
async def test_a_plain_path_leads_inside(built: Path, path: str) -> None:
    asked: list[str] = []
    assert await answer_raw(path, asked) == 200
    assert len(asked) == 1


@pytest.mark.parametrize("path", ["//metrics", "/api//v1/actors", "//", "/inbox/", "/_event//"])
async def test_no_path_leads_anywhere_in_two_spellings(built: Path, path: str) -> None:
    asked: list[str] = []
    plain = path == "/inbox/"
    assert await answer_raw(path, asked) == (200 if plain else 404)
    assert bool(asked) is plain


async def test_a_socket_too_is_opened_by_its_one_path_only(built: Path) -> None:
    asked: list[str] = []
    door = closed_door(asked)
    for path, opened in (("/_event/", True), ("//_event/", False), ("/x/../_event/", False)):
        sent: list[Message] = []
        scope = {"type": "websocket", "path": path, "headers": []}
        await door(scope, never, listening(sent))
        assert (asked == [path]) is opened
        assert opened or sent[0]["type"] == "websocket.close"
        asked.clear()


async def answer_raw(target: str, asked: list[str]) -> int:
    """The status for a target that no client has tidied up; `asked` is what got inside."""
    sent: list[Message] = []
    scope = {"type": "http", "method": "GET", "path": unquote(target), "headers": []}
    await closed_door(asked)(scope, never, listening(sent))
    return sent[0]["status"]


def closed_door(asked: list[str]) -> Edge:
    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        if scope["type"] == "http":
            await PlainTextResponse("inside")(scope, receive, send)

    closed = (*REFLEX_PATHS, "/sandbox")
    return Edge(inside=noting, fast_lane={}, headers={}, closed=closed)


async def never() -> Message:
    raise AssertionError("nobody needs to hear more")


def listening(sent: list[Message]) -> Send:
    async def send(message: Message) -> None:
        sent.append(message)

    return send


async def test_the_webhook_is_answered_with_nothing_in_its_way(built: Path) -> None:
    async with browser(built) as client:
        answer = await client.post("/webhooks/whatsapp")
        other = await client.post("/webhooks/whatsapp/")
    assert answer.text == "webhook"
    assert other.text.startswith("inside")


async def test_a_page_that_was_built_as_a_folder_is_answered_at_once(built: Path) -> None:
    async with browser(built) as client:
        assert (await client.get("/templates")).text == "inside /templates/"
        assert (await client.get("/template")).text == "inside /template"


def test_scripts_with_an_address_need_no_hash(built: Path) -> None:
    assert script_hashes(built) == {HASH_OF_THE_SCRIPT}
