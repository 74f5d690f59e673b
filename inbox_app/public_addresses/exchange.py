"""One call to an address that somebody typed, and what comes back, within limits."""

import asyncio
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from inbox_app.public_addresses.address import is_https
from inbox_app.public_addresses.problems import PublicAddressError, PublicAddressProblem


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """What came back, whatever its status."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def exchange(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    redirects: bool = False,
    at_most: int,
    within: float,
) -> PublicAnswer:
    """Ask `client`, a ``public_client``; `at_most` bytes are read, `within` seconds in all.

    Raises ``PublicAddressError`` alone, from nothing: httpx's own errors name the address.
    """
    if not is_https(url):
        raise PublicAddressError(PublicAddressProblem.NOT_HTTPS)
    all_headers = {**(headers or {}), "Accept-Encoding": "gzip"}
    try:
        asked = client.build_request(method, url, headers=all_headers, content=content)
        async with asyncio.timeout(within):
            answer = await client.send(asked, stream=True, follow_redirects=redirects)
            return await _read(answer, at_most)
    except PublicAddressError:
        raise
    except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, OSError, zlib.error) as error:
        raise PublicAddressError(_problem(error)) from None


async def _read(answer: httpx.Response, at_most: int) -> PublicAnswer:
    try:
        body = await _body(answer, at_most)
    finally:
        await answer.aclose()
    return PublicAnswer(answer.status_code, answer.headers, body)


async def _body(answer: httpx.Response, at_most: int) -> bytes:
    """Counted as it comes and as it unfolds: a little may unfold to very much."""
    read, unfold = bytearray(), _unfolding(answer.headers.get("content-encoding", ""))
    async for part in answer.aiter_raw():
        read += unfold.decompress(part, at_most + 1 - len(read)) if unfold else part
        if len(read) > at_most:
            raise PublicAddressError(PublicAddressProblem.TOO_LARGE)
    return bytes(read)


def _unfolding(coding: str) -> "zlib._Decompress | None":
    match coding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        case _:
            raise PublicAddressError(PublicAddressProblem.UNREADABLE)


def _problem(error: Exception) -> PublicAddressProblem:
    match error:
        case TimeoutError() | httpx.TimeoutException():
            return PublicAddressProblem.TOO_SLOW
        case httpx.TooManyRedirects():
            return PublicAddressProblem.REDIRECTED
        case httpx.ConnectError() if _is_about_certificates(error):
            return PublicAddressProblem.UNTRUSTED
        case httpx.NetworkError() | OSError():
            return PublicAddressProblem.UNREACHABLE
        case _:
            return PublicAddressProblem.UNREADABLE


def _is_about_certificates(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error is not None
