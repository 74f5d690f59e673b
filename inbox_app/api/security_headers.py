"""What browsers are told to allow: only what is ours, and of scripts in a page only Reflex's."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path


def security_headers(
    built: Path, origins: Iterable[str], *, over_https: bool, facebook: bool = False
) -> dict[str, str]:
    """Headers for every answer, by lower-case name.

    `built` is the folder of the built pages: their inline scripts are allowed by hash, so that
    neither 'unsafe-inline' nor 'unsafe-eval' is needed. `facebook` is for the one page that loads
    Facebook's script and opens its window (docs/whatsapp.md §7.1).
    """
    more = FACEBOOK if facebook else {}
    headers = {
        "content-security-policy": _policy(sorted(script_hashes(built)), origins, more),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin-allow-popups" if facebook else "same-origin",
    }
    if over_https:
        headers["strict-transport-security"] = "max-age=31536000"
    return headers


FACEBOOK = {
    "script-src": "https://connect.facebook.net",
    "frame-src": "'self' https://facebook.com https://*.facebook.com",
    "connect-src": "https://facebook.com https://*.facebook.com",
}
"""What Embedded Signup needs besides what is ours."""


def script_hashes(built: Path) -> set[str]:
    """The sources (`'sha256-…'`) of the scripts written inside the built pages."""
    return {
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for page in built.rglob("*.html")
        for script in _inline_scripts(page.read_text(encoding="utf-8"))
    }


def page_paths(built: Path) -> frozenset[str]:
    """The paths of the pages that were built as folders, without a final slash."""
    folders = (page.parent.relative_to(built).as_posix() for page in built.rglob("index.html"))
    return frozenset(f"/{folder}" for folder in folders if folder != ".")


def _policy(scripts: Iterable[str], origins: Iterable[str], more: Mapping[str, str]) -> str:
    # 'self' covers the socket in Chromium and Firefox; older Safari wants it by name, and a
    # policy cannot name an IPv6 address.
    named = (origin.removeprefix("http") for origin in origins if "[" not in origin)
    sockets = " ".join(f"ws{rest}" for rest in named)
    ours = {
        "default-src": "'self'",
        "script-src": f"'self' {' '.join(scripts)}",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "media-src": "'self' blob:",
        "connect-src": f"'self' {sockets}",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    names = dict.fromkeys((*ours, *more))
    parts = (" ".join(filter(None, (name, ours.get(name), more.get(name)))) for name in names)
    return "; ".join(part.rstrip() for part in parts)


def _inline_scripts(page: str) -> list[str]:
    parser = _InlineScripts()
    parser.feed(page)
    return parser.found


class _InlineScripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and not any(name == "src" for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = False
