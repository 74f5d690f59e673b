"""How many sockets one address and one session may hold open: each costs memory as long as it is.

Counted before anything is kept of a socket: what is never said over it costs nobody but its owner.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from inbox_app import runtime, sessions, web
from inbox_app.domain.guessing import network_of

OF_SESSION, OF_STRANGERS, OF_NETWORK = 300, 50, 1_000
"""Open at once: of one session; of one network without a session; of one network in all."""

_TRY_AGAIN_LATER = 1013
Close = Callable[[], Awaitable[None]]


class SocketBounds:
    """Lets websockets in; of those that are too many the oldest gives way, for it is the likeliest
    to be forgotten, and a page that is looked at again connects again."""

    def __init__(self, inside: ASGIApp) -> None:
        self._inside = inside
        self._open: defaultdict[str, OrderedDict[object, Close]] = defaultdict(OrderedDict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket to its end; one that names no tab is refused."""
        if not parse_qs(scope["query_string"].decode("latin-1")).get("token"):
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return
        this, groups = object(), await _groups(scope)

        async def close() -> None:
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})

        await self._make_room(groups)
        for group in groups:
            self._open[group][this] = close
        try:
            await self._inside(scope, receive, send)
        finally:
            self._forget(this, groups)

    async def _make_room(self, groups: dict[str, int]) -> None:
        for group, most in groups.items():
            while len(self._open[group]) >= most:
                oldest, close = self._open[group].popitem(last=False)
                for others in self._open.values():
                    others.pop(oldest, None)
                await close()

    def _forget(self, this: object, groups: dict[str, int]) -> None:
        for group in groups:
            self._open[group].pop(this, None)
            if not self._open[group]:
                del self._open[group]


async def _groups(scope: Scope) -> dict[str, int]:
    """What the socket counts for, and how many that may be."""
    peer: str = (scope.get("client") or ("",))[0]
    headers = Headers(scope=scope)
    hops = runtime.current().settings.trusted_proxy_hops
    network = network_of(web.client_address(peer, headers, hops))
    session = await _session(headers.get("cookie", ""))
    own = {f"session {session}": OF_SESSION} if session else {f"strangers {network}": OF_STRANGERS}
    return own | {f"network {network}": OF_NETWORK}


async def _session(cookie_header: str) -> int | None:
    try:
        who = await sessions.signed_in(cookie_header)
    except (SQLAlchemyError, OSError):
        return None
    return who.session_id if who else None
