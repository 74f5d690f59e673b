"""What a service worker answers itself: the page for when there is no network, and what other
applications share (N3)."""

import json
from functools import partial
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from inbox_app import catalogues
from inbox_app.api.i18n import language_of

_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/styles/tokens.css">
<link rel="stylesheet" href="/styles/offline.css">
<script type="module" src="/worker/offline_page.js"></script>
</head>
<body data-pane="list">
<header>
<p role="status">{offline} <span id="shared" hidden>{shared}</span></p>
<button type="button" id="again">{again}</button>
</header>
<main>
<nav aria-label="{title}"><h1>{title}</h1><div id="list"></div><p id="empty">{empty}</p></nav>
<section id="thread"></section>
</main>
<template id="words">{words}</template>
</body>
</html>
"""


def routes() -> list[Route]:
    """`/offline`, in the person's language, which says nothing of anybody; and `/share`, where a
    device has no service worker yet."""
    return [
        Route("/offline", _offline, methods=["GET"]),
        Route("/share", _not_taken, methods=["POST"]),
    ]


async def _not_taken(_request: Request) -> Response:
    """The inbox finds nothing on the device, and says so."""
    return RedirectResponse("/inbox?shared=1", status_code=303)


async def _offline(request: Request) -> Response:
    language = await language_of(request)
    t = partial(catalogues.text_in, language)
    offline = t("You are offline. This is what was last seen on this device.")
    words = {
        "back": t("Conversations"),
        "write": t("Write a draft"),
        "kept": t("Kept on this device; it is a draft of yours when you are online again."),
    }
    page = _PAGE.format(
        language=language,
        title=escape(t("Inbox")),
        offline=escape(offline),
        shared=escape(
            t("What you shared is kept here: choose its conversation once you are online.")
        ),
        again=escape(t("Try again")),
        empty=escape(t("No conversation was opened on this device yet.")),
        words=escape(json.dumps(words, ensure_ascii=False)),
    )
    headers = {"cache-control": "private, no-cache", "vary": "Cookie, Accept-Language"}
    return HTMLResponse(page, headers=headers)
