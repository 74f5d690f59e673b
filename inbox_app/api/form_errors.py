"""What somebody sees whose form could not be taken: a sentence in their language, and the way back.

A page without scripts and sockets: it is shown when nothing else may work.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from inbox_app import form_flash
from inbox_app.api.body import RETRY_AFTER_SECONDS
from inbox_app.api.i18n import language_of
from inbox_app.catalogues import text_in
from inbox_app.operating import build_pages
from inbox_app.runtime import current_runtime

Endpoint = Callable[[Request], Awaitable[Response]]
_STYLESHEET = re.compile(r'<link [^>]*rel="stylesheet"[^>]*>')
_log = logging.getLogger(__name__)


def with_way_back(page: str, endpoint: Endpoint) -> Endpoint:
    """The endpoint, with all that it raises answered by a page that leads back to `page`."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except HTTPException as refused:
            return await _page(request, page, refused.status_code, refused.headers)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("a form could not be taken: %s", type(error).__name__)
            return await _page(request, page, 503, {"retry-after": str(RETRY_AFTER_SECONDS)})
        except Exception:
            _log.exception("a form crashed")
            return await _page(request, page, 500)

    return answer


def keep(answer: Response, values: dict[str, str]) -> None:
    """Have the form show `values` again; never a password."""
    answer.set_cookie(
        form_flash.COOKIE,
        form_flash.seal(current_runtime().vault, values),
        max_age=form_flash.SECONDS,
        path="/",
        httponly=True,
        samesite="lax",
        secure=current_runtime().settings.is_https,
    )


async def _page(
    request: Request, back: str, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    """`request.state` may know better where to go back to, and what was typed."""
    language = await language_of(request)
    title, sentence = _words(language, status)
    html = _HTML.format(
        language=language,
        styles=_stylesheets(build_pages.BUILT / "index.html"),
        title=escape(title),
        sentence=escape(sentence),
        back=escape(getattr(request.state, "back", back), quote=True),
        label=escape(text_in(language, "Back")),
    )
    answer = HTMLResponse(html, status, headers)
    if kept := getattr(request.state, "kept", None):
        keep(answer, kept)
    return answer


@lru_cache
def _stylesheets(built: Path) -> str:
    """Those of the built pages: their names change with what is in them."""
    page = built.read_text(encoding="utf-8") if built.exists() else ""
    return "".join(_STYLESHEET.findall(page))


def _words(language: str, status: int) -> tuple[str, str]:
    if status == 403:
        title = text_in(language, "This form is out of date")
        return title, text_in(language, "Go back, reload the page, then try again.")
    if status < 500:
        title = text_in(language, "The form did not arrive whole")
        return title, text_in(language, "Go back and send it again.")
    title = text_in(language, "This cannot be done right now")
    return title, text_in(language, "The server has a problem. Try again in a minute.")


_HTML = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">{styles}</head>
<body><div class="sign-in"><main class="sign-in-card"><span class="logo" aria-hidden="true">U</span>
<h1>{title}</h1><p class="form-problem" role="alert">{sentence}</p>
<div class="form"><a class="button large" href="{back}">{label}</a></div></main></div></body></html>
"""
