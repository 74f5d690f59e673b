"""The files that came with messages: asked for by id, then read from the address Meta gives."""

from collections.abc import AsyncIterator
from typing import Any

import httpx

from inbox_app.channels.outbound import FileUnavailableError
from inbox_app.channels.whatsapp.graph.client import GraphClient
from inbox_app.channels.whatsapp.graph.transport import GraphError, GraphRefusedError
from inbox_app.domain.delivery.failures import Failure, Remedy

_CHUNK = 64 * 1024
_USER_AGENT = "Mozilla/5.0 (compatible; inbox)"
"""Some are refused, those of libraries among them (docs/whatsapp.md §9)."""


async def fetch(
    client: GraphClient, http: httpx.AsyncClient, token: str, media_id: str
) -> AsyncIterator[bytes]:
    """The address lives five minutes, the id seven days (docs/whatsapp.md §9).

    Raises ``FileUnavailableError``.
    """
    url = await _address(client, media_id)
    headers = {"Authorization": f"Bearer {token}", "User-Agent": _USER_AGENT}
    try:
        async with http.stream("GET", url, headers=headers, follow_redirects=True) as answer:
            if not answer.is_success:
                raise _unavailable(Remedy.RETRY, f"HTTP {answer.status_code}")
            # Where it sends us on to another host, httpx leaves the token behind.
            async for chunk in answer.aiter_bytes(_CHUNK):
                yield chunk
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise _unavailable(Remedy.RETRY, type(error).__name__) from None


async def _address(client: GraphClient, media_id: str) -> str:
    try:
        media: Any = await client.get_media(media_id)
    except GraphRefusedError as refused:
        raise _unavailable(refused.answer.remedy, refused.answer.words) from None
    except GraphError as error:
        raise _unavailable(Remedy.RETRY, str(error)) from None
    url = media.get("url")
    if not isinstance(url, str):
        raise _unavailable(Remedy.NOT_FOUND, "no address")
    return url


def _unavailable(remedy: Remedy, words: str) -> FileUnavailableError:
    return FileUnavailableError(Failure(remedy=remedy, words=words))
