"""Forms that browsers post: from our pages only, and small."""

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from inbox_app import web
from inbox_app.api.body import BodyError, BodyReader
from inbox_app.runtime import current_runtime

_BODY = BodyReader(32_768)


def refuse_other_sites(request: Request) -> None:
    """Browsers name the origin of every form they post; who names none is no browser. Raises
    ``HTTPException``."""
    origin = request.headers.get("origin")
    ours = origin in current_runtime().settings.origins
    site = request.headers.get("sec-fetch-site", "none")
    if ours or (origin is None and site in {"none", "same-origin"}):
        return
    raise HTTPException(403, "The form came from another site.")


async def read(request: Request) -> dict[str, str]:
    """The fields of a form of ours.

    Raises:
        HTTPException: 403 from another site, 400 when it is no form, and what `BodyError` says.
    """
    refuse_other_sites(request)
    try:
        async with _BODY.read(request.receive, request.headers.get("content-length")) as body:
            return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=50))
    except BodyError as refused:
        raise HTTPException(refused.status, refused.detail, refused.headers) from None
    except ValueError:
        raise HTTPException(400, "This is not a form.") from None


def client_address(request: Request) -> str:
    """Who is calling, seen through the proxies that are ours."""
    peer = request.client.host if request.client else ""
    return web.client_address(peer, request.headers, current_runtime().settings.trusted_proxy_hops)
