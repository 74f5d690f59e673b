"""How many sockets one address and one session may hold open: each costs memory as long as it is.

Counted before anything is kept of a socket: what is never said over it costs nobody but its owner.
"""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from urllib.parse import parse_qs

from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inbox_app import sessions, web
from inbox_app.domain.accounts.sign_in_throttle import network_of
from inbox_app.runtime import current_runtime

OF_SESSION, OF_STRANGERS, OF_NETWORK = 300, 50, 1_000
"""Open at once: of one session; of one network without a session; of one network in all."""

_TRY_AGAIN_LATER = 1013
Ending = asyncio.Future[None]
"""Done once a socket has to give way."""
_GONE = {"type": "websocket.disconnect", "code": _TRY_AGAIN_LATER}


class SocketBounds:
    """Lets websockets in; of those that are too many the oldest gives way, for it is the likeliest
    to be forgotten, and a page that is looked at again connects again."""

    def __init__(self, inside: ASGIApp) -> None:
        self._inside = inside
        self._open: defaultdict[str, OrderedDict[Ending, None]] = defaultdict(OrderedDict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket to its end; one that names no tab is refused."""
        if not parse_qs(scope["query_string"].decode("latin-1")).get("token"):
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return
        this, groups = asyncio.get_running_loop().create_future(), await _groups(scope)
        self._make_room(groups)
        for group in groups:
            self._open[group][this] = None
        try:
            await self._inside(scope, _until(this, receive), send)
        finally:
            self._forget(this, groups)

    def _make_room(self, groups: Mapping[str, int]) -> None:
        for group, most in groups.items():
            while len(self._open[group]) >= most:
                oldest, _ = self._open[group].popitem(last=False)
                if not oldest.done():
                    oldest.set_result(None)

    def _forget(self, this: Ending, groups: Mapping[str, int]) -> None:
        for group in groups:
            self._open[group].pop(this, None)
            if not self._open[group]:
                del self._open[group]


def _until(ending: Ending, receive: Receive) -> Receive:
    """`receive`, which says that the browser has gone once `ending` is done: a server takes the
    end of a socket from the one task that serves it."""

    async def receive_or_end() -> Message:
        heard = asyncio.ensure_future(receive())
        try:
            await asyncio.wait((heard, ending), return_when=asyncio.FIRST_COMPLETED)
            return heard.result() if heard.done() else _GONE
        finally:
            heard.cancel()

    return receive_or_end


async def _groups(scope: Scope) -> dict[str, int]:
    """What the socket counts for, and how many that may be."""
    peer: str = (scope.get("client") or ("",))[0]
    headers = Headers(scope=scope)
    hops = current_runtime().settings.trusted_proxy_hops
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
