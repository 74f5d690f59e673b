"""An HTTP client that connects to public addresses only.

The name is looked up here, once, and the connection goes to the very address that was checked: a
name that changes its address between the check and the call gains nothing. Redirects are calls
like the first.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ssl import SSLContext

import httpx

from inbox_app.public_addresses.address import is_public
from inbox_app.public_addresses.problems import PublicAddressError, PublicAddressProblem

Resolve = Callable[[str, int], Awaitable[list[str]]]

_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_LIMITS = httpx.Limits(max_connections=20, max_keepalive_connections=0)
"""A kept connection would be found by its number, and serve the next name that has the same."""
_MOST_REDIRECTS = 5
_MOST_ADDRESSES = 4


async def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a name. Raises ``OSError``."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class PublicTransport(httpx.AsyncBaseTransport):
    """Takes https calls to the addresses of which `is_allowed` is true."""

    def __init__(
        self,
        verify: SSLContext | bool = True,
        *,
        resolve: Resolve = resolve,
        is_allowed: Callable[[str], bool] = is_public,
    ) -> None:
        self._resolve, self._is_allowed = resolve, is_allowed
        self._wire = httpx.AsyncHTTPTransport(verify=verify, trust_env=False, limits=_LIMITS)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises ``PublicAddressError``, and httpx's own errors."""
        if request.url.scheme != "https" or request.url.userinfo:
            raise PublicAddressError(PublicAddressProblem.NOT_HTTPS)
        addresses = await self._public_addresses(request.url)
        for address in addresses[:-1]:
            try:
                return await self._wire.handle_async_request(_sent_to(address, request))
            except httpx.ConnectError:
                continue
        return await self._wire.handle_async_request(_sent_to(addresses[-1], request))

    async def aclose(self) -> None:
        """Give connections back."""
        await self._wire.aclose()

    async def _public_addresses(self, url: httpx.URL) -> list[str]:
        """One that is not public spoils all: an honest name has none."""
        try:
            found = await self._resolve(url.raw_host.decode(), url.port or 443)
        except (OSError, UnicodeError):
            raise PublicAddressError(PublicAddressProblem.UNKNOWN_HOST) from None
        if not found:
            raise PublicAddressError(PublicAddressProblem.UNKNOWN_HOST)
        if not all(map(self._is_allowed, found)):
            raise PublicAddressError(PublicAddressProblem.NOT_PUBLIC)
        return found[:_MOST_ADDRESSES]


def public_client(transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """Takes nothing from the environment, and keeps no cookies: those whom it asks for don't know
    of each other. Close it."""
    return httpx.AsyncClient(
        transport=transport or PublicTransport(),
        timeout=_TIMEOUT,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        max_redirects=_MOST_REDIRECTS,
        trust_env=False,
    )


def _sent_to(address: str, request: httpx.Request) -> httpx.Request:
    """The same call by the number; the certificate is held against the name all the same."""
    host = request.url.raw_host.decode()
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address.partition("%")[0]),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
