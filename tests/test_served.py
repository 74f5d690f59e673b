"""The real server seen from outside: headers, origins, doors, pages that find their way back."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, sync_playwright
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.support.machine import need_chromium
from tests.support.patience import PATIENCE
from tests.support.servers.serving import Served, free_port, serving
from tests.support.servers.tls import tls_proxy


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="module")
def visitor(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=PATIENCE) as visitor:
        yield visitor


def test_it_says_where_it_is_and_how_to_sign_in_to_the_demo(
    served: Served, visitor: httpx.Client
) -> None:
    said = served.log.read_text()
    assert f"Ready: {served.url.replace('127.0.0.1', 'localhost')}" in said
    assert "demo@example.com / demo-inbox" in said
    assert visitor.get("/").status_code == 200


def test_the_page_is_checked_again_and_its_files_are_kept(visitor: httpx.Client) -> None:
    page = visitor.get("/")
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["etag"]
    (script, *_) = re.findall(r"/assets/[\w.-]+\.js", page.text)
    file = visitor.get(script)
    assert "immutable" in file.headers["cache-control"]
    assert file.headers["content-encoding"] == "gzip"


def test_no_other_site_may_read_answers_with_the_visitors_cookies(visitor: httpx.Client) -> None:
    answer = visitor.get("/ping", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_no_file_can_be_uploaded_to_reflex(visitor: httpx.Client) -> None:
    assert visitor.post("/_upload", files={"file": b"x"}).status_code == 404


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost", "null"])
def test_the_socket_refuses_pages_of_other_origins(served: Served, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        _socket(served, "tab", origin)
    assert refusal.value.response.status_code == 403


def test_the_socket_takes_every_spelling_of_this_machine(served: Served) -> None:
    port = served.url.rsplit(":", 1)[1]
    for host in ("localhost", "127.0.0.1", "[::1]"):
        with _socket(served, host, f"http://{host}:{port}") as socket:
            assert str(socket.recv(timeout=PATIENCE)).startswith("0")


def test_a_tab_that_comes_back_before_it_was_missed_keeps_its_token(served: Served) -> None:
    with _socket(served, "the-tab", served.url) as before:
        _open_namespace(before)
        with _socket(served, "the-tab", served.url) as after:
            told = _open_namespace(after)
            assert "new_token" not in told
            with pytest.raises((ConnectionClosed, EOFError)):
                _read_until_told_to_leave(before)


def test_pages_use_the_address_that_they_were_loaded_from(served: Served, tmp_path: Path) -> None:
    for url in (served.url, served.url.replace("127.0.0.1", "localhost")):
        assert _sockets_and_complaints(url) == ({url.replace("http", "ws")}, [])


def test_pages_work_behind_a_tls_proxy_on_any_port(tmp_path: Path) -> None:
    port, behind = free_port(), free_port()
    url = f"https://localhost:{port}"
    with tls_proxy(tmp_path, port, behind), serving(tmp_path, behind, PUBLIC_URL=url):
        assert _sockets_and_complaints(url) == ({f"wss://localhost:{port}"}, [])


def _socket(served: Served, token: str, origin: str) -> ClientConnection:
    address = f"{served.url.replace('http', 'ws')}/_event/?EIO=4&transport=websocket&token={token}"
    return connect(address, additional_headers={"Origin": origin}, proxy=None)


def _open_namespace(socket: ClientConnection) -> str:
    """Connect as Reflex's page does; answers what the server said first."""
    socket.recv(timeout=PATIENCE)
    socket.send("40/_event,")
    return str(socket.recv(timeout=PATIENCE))


def _read_until_told_to_leave(socket: ClientConnection) -> None:
    while True:
        if str(socket.recv(timeout=PATIENCE)).startswith("41"):
            raise EOFError


def _sockets_and_complaints(url: str) -> tuple[set[str], list[str]]:
    """The origins of the page's sockets, and what the console says of the page's policy."""
    opened: set[str] = set()
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need_chromium(), args=["--no-sandbox"])
        page = browser.new_context(ignore_https_errors=True).new_page()
        page.on("websocket", lambda socket: opened.add(socket.url.split("/_event")[0]))
        page.on("console", lambda message: _note(complaints, message.text))
        _visit(page, url)
        browser.close()
    return opened, complaints


def _visit(page: Page, url: str) -> None:
    with page.expect_websocket() as opening:
        page.goto(url)
    opening.value.wait_for_event("framereceived")
    page.reload()
    page.wait_for_load_state("networkidle")


def _note(complaints: list[str], text: str) -> None:
    if "Content Security Policy" in text:
        complaints.append(text)
