"""What routes and pages both have to know of HTTP and browsers: local paths, cookies, who is
calling, how moments travel."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def cookies(header: str) -> dict[str, str]:
    """The cookies of a `Cookie` header; one that cannot be read does not take the others along."""
    return cookie_parser(header) if header else {}


def local_path(given: str, otherwise: str = "/") -> str:
    """`given` if a browser takes it for a page of ours, else `otherwise`.

    Browsers read `//host` and `/\\host` as another site, and drop control characters first.
    """
    try:
        parts = urlsplit(given)
    except ValueError:
        return otherwise
    plain = given.isprintable() and "\\" not in given and " " not in given
    if not plain or not given.startswith("/") or given.startswith("//"):
        return otherwise
    return given if not parts.scheme and not parts.netloc and len(given) < 2000 else otherwise


def client_address(peer: str, headers: Headers, trusted_hops: int) -> str:
    """Whose request this is, as told by the outermost proxy that is ours; the peer without any.

    Each proxy adds the address it heard from to the end of `X-Forwarded-For`; what stands before
    ours is the client's own word. Some proxies add a line instead.
    """
    if not trusted_hops:
        return peer
    lines = ",".join(headers.getlist("x-forwarded-for"))
    told = [part.strip() for part in lines.split(",") if part.strip()]
    return told[-trusted_hops] if len(told) >= trusted_hops else peer


def duration_millis(span: timedelta | None) -> int:
    """0 for none."""
    return 0 if span is None else span // _MILLISECOND


def millis(moment: datetime | None) -> int:
    """Epoch milliseconds; 0 for none."""
    return 0 if moment is None else (moment - _EPOCH) // _MILLISECOND
