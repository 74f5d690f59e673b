"""`python -m inbox_app.serve`, to which one server on this machine is a public address.

The names that ``local_web`` answers to lead there, with its certificate; all others are looked up
and judged as ever.
"""

import os
import ssl
from functools import partial

from inbox_app import runtime, serve
from inbox_app.public_addresses.address import is_public
from inbox_app.public_addresses.client import PublicTransport, resolve
from tests.support.local_web import CERTIFICATE, NAMES

_HERE = "127.0.0.1"


async def _resolve(host: str, port: int) -> list[str]:
    return [_HERE] if host in NAMES[:2] else await resolve(host, port)


def _is_allowed(address: str) -> bool:
    return address == _HERE or is_public(address)


# Also in the processes that the server starts: they import the main module anew.
runtime.PublicTransport = partial(  # type: ignore[misc,assignment]
    lambda _verify, **more: PublicTransport(
        ssl.create_default_context(cafile=os.environ[CERTIFICATE]), **more
    ),
    resolve=_resolve,
    is_allowed=_is_allowed,
)

if __name__ == "__main__":
    serve.main()
