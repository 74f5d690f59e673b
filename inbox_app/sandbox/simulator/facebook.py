"""Meta's Embedded Signup, played: a stand-in of Facebook's script, and the window that it opens."""

import html
import json
from collections.abc import Awaitable, Callable
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from inbox_app.config.settings import SIMULATED_SDK
from inbox_app.sandbox.simulator.people import BUSINESS_NAME, CODE, NUMBERS

_HERE = files("inbox_app.sandbox.simulator")
_KINDS = {"js": "text/javascript", "css": "text/css"}


def routes() -> list[Route]:
    """Out of reach outside sandbox mode, as everything under `/sandbox`."""
    return [
        Route(SIMULATED_SDK, _file("facebook_sdk.js")),
        Route("/sandbox/facebook-window.js", _file("facebook_window.js")),
        Route("/sandbox/facebook-window.css", _file("facebook_window.css")),
        Route("/sandbox/facebook", _window),
    ]


def _file(name: str) -> Callable[[Request], Awaitable[Response]]:
    text = (_HERE / name).read_text(encoding="utf-8")

    async def endpoint(_request: Request) -> Response:
        return PlainTextResponse(text, media_type=_KINDS[name.rsplit(".", 1)[1]])

    return endpoint


async def _window(_request: Request) -> Response:
    """Like Facebook's own it does not isolate itself from the page that opened it."""
    return HTMLResponse(_PAGE, headers={"cross-origin-opener-policy": "unsafe-none"})


def _played() -> str:
    numbers = [
        {"id": one.phone_number_id, "waba": one.waba_id, "display": one.display} for one in NUMBERS
    ]
    return json.dumps({"business": BUSINESS_NAME, "code": CODE, "numbers": numbers})


_PAGE = f"""<!doctype html>
<html lang="it">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Facebook (sandbox)</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/sandbox/facebook-window.css">
<script src="/i18n/current.js"></script>
<body data-played="{html.escape(_played(), quote=True)}">
<script src="/sandbox/facebook-window.js" type="module"></script>
</body>
</html>
"""
