"""The outermost ASGI callable: the webhook's fast lane, closed doors, headers of every answer."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

# Reflex's own endpoints that nothing here uses; its events come by sockets, and by nothing else.
REFLEX_PATHS = ("/_upload", "/_health", "/_all_routes", "/auth-codespace", "/_event")
_FOR_EVER = "public, max-age=31536000, immutable"
# Unversioned, and drawn while the network is away too: an old one does until the new one is here.
_FOR_A_WHILE = "public, max-age=300, stale-while-revalidate=604800"
_DRAWN = ("/icons.svg", "/fonts/")


@dataclass(frozen=True, slots=True)
class Edge:
    """Lets requests in.

    `fast_lane`: exact path → the app that answers it with nothing in its way.
    `headers`: added to every other answer that does not set them itself.
    `sockets`: takes websockets, in the place of `inside`.
    `own_headers`: path of a page → the headers that it gets instead.
    `closed`: beginnings of paths that are answered 404, in small letters.
    `page_paths`: pages built as folders, answered without the redirect to a final slash.
    """

    inside: ASGIApp
    fast_lane: Mapping[str, ASGIApp]
    headers: Mapping[str, str]
    closed: tuple[str, ...] = REFLEX_PATHS
    page_paths: frozenset[str] = field(default_factory=frozenset)
    own_headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sockets: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "websocket" and not _is_plain(scope["path"]):
            await WebSocketClose()(scope, receive, send)
        elif scope["type"] == "websocket":
            await (self.sockets or self.inside)(scope, receive, send)
        elif scope["type"] != "http":
            await self.inside(scope, receive, send)
        elif lane := self.fast_lane.get(scope["path"]):
            await lane(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(path, message)
            await send(message)

        app = self.inside if self._is_open(path) else PlainTextResponse("Not found", 404)
        await app(self._as_folder(scope), receive, send_with_headers)

    def _is_open(self, path: str) -> bool:
        """Some file systems tell no capitals from small letters."""
        return _is_plain(path) and not path.lower().startswith(self.closed)

    def _add_headers(self, path: str, message: MutableMapping[str, Any]) -> None:
        headers = MutableHeaders(raw=list(message["headers"]))
        for name, value in self.own_headers.get(path.rstrip("/"), self.headers).items():
            headers.setdefault(name, value)
        headers.setdefault("cache-control", _caching(path, message["status"]))
        message["headers"] = headers.raw

    def _as_folder(self, scope: Scope) -> Scope:
        if scope["path"] not in self.page_paths:
            return scope
        return dict(scope) | {"path": f"{scope['path']}/"}


def _is_plain(path: str) -> bool:
    """Whether it is the one spelling of what it leads to.

    Routers and file servers read `//door` and `/x/../door` as `/door`, and nobody who is looked at
    here may; browsers do so before they ask.
    """
    segments = path[1:].removesuffix("/").split("/")
    crooked = "\0" in path or {"", ".", ".."}.intersection(segments)
    return path == "/" or (path.startswith("/") and not crooked)


def _caching(path: str, status: int) -> str:
    if status not in {200, 206, 304}:
        return "no-cache"
    if path.startswith(_DRAWN):
        return _FOR_A_WHILE
    return _FOR_EVER if path.startswith("/assets/") else "no-cache"
