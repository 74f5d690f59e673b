"""The texts of the pages in the language of whoever asks (X2)."""

import json
import logging
import re
from collections.abc import Awaitable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inbox_app import catalogues, sessions
from inbox_app.queries.accounts.signed_in import account_languages
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.preferences import LANGUAGE_COOKIE

_log = logging.getLogger(__name__)


_APPLICATION = {
    "id": "/",
    "start_url": "/",
    "scope": "/",
    "display": "standalone",
    # The service worker takes it (`assets/worker/shared.js`).
    "share_target": {
        "action": "/share",
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": {
            "title": "title",
            "text": "text",
            "url": "url",
            "files": [{"name": "files", "accept": ["image/*", "application/pdf"]}],
        },
    },
    "background_color": "#f6f5f2",
    "theme_color": "#0b6e63",
    "icons": [
        {"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
        {"src": "/icons/app-192.png", "sizes": "192x192", "type": "image/png"},
        {"src": "/icons/app-512.png", "sizes": "512x512", "type": "image/png"},
        {
            "src": "/icons/app-maskable-512.png",
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ],
}
_VARIES = {"cache-control": "private, no-cache", "vary": "Cookie, Accept-Language"}


def routes() -> list[Route]:
    """`/i18n/current.js`, which every page loads before it starts, and the manifest."""
    return [
        Route("/i18n/current.js", _current, methods=["GET"]),
        Route("/manifest.webmanifest", _manifest, methods=["GET"]),
    ]


async def _current(request: Request) -> Response:
    script = catalogues.script(await language_of(request))
    headers = _VARIES | {"etag": script.etag}
    if script.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(script.source, media_type="text/javascript", headers=headers)


async def _manifest(request: Request) -> Response:
    """What a home screen is told: the name under the icon is in the person's language (N3)."""
    language = await language_of(request)
    t = partial(catalogues.text_in, language)
    named = {"lang": language, "name": t("Unified inbox"), "short_name": t("Inbox")}
    source = json.dumps(_APPLICATION | named, ensure_ascii=False)
    return Response(source, media_type="application/manifest+json", headers=_VARIES)


async def language_of(request: Request) -> str:
    """The person's; the device's last choice; the company's; the browser's; Italian.

    While the database is away the device and the browser decide.
    """
    own = await _if_told(_of_person(request))
    if own or (own := catalogues.nearest(request.cookies.get(LANGUAGE_COOKIE, ""))):
        return own
    shared = await _if_told(_of_company())
    return shared or _accepted(request.headers.get("accept-language", "")) or catalogues.DEFAULT


async def _of_person(request: Request) -> str | None:
    who = await sessions.signed_in(request.headers.get("cookie", ""))
    return (catalogues.nearest(who.language) or catalogues.DEFAULT) if who else None


async def _of_company() -> str | None:
    async with current_runtime().database.reading() as session:
        company = await account_languages(session)
    return catalogues.nearest(company[0]) if len(company) == 1 else None


async def _if_told(asking: Awaitable[str | None]) -> str | None:
    """Pages that say what is wrong need a language above all."""
    try:
        return await asking
    except Exception as error:
        _log.warning("whose language to use was not told: %s", type(error).__name__)
        return None


def _accepted(header: str) -> str | None:
    """The language there is that the browser likes best."""
    wishes = [_wish(part) for part in header[:500].split(",")]
    for _, tag in sorted(wishes, key=lambda wish: -wish[0]):
        if language := catalogues.nearest(tag):
            return language
    return None


def _wish(part: str) -> tuple[float, str]:
    tag, _, rest = part.partition(";")
    quality = re.search(r"q=([01](?:\.\d{0,3})?)", rest)
    return float(quality[1]) if quality else 1.0, tag
