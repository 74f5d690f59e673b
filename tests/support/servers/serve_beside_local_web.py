"""`python -m inbox_app.serve`, to which one server on this machine is a public address.

The names that ``local_web`` answers to lead there, with its certificate; all others are looked up
and judged as ever.
"""

import os
import ssl

from inbox_app import runtime, serve
from inbox_app.jobs import webhook_worker
from inbox_app.public_addresses.address import is_public
from inbox_app.public_addresses.client import PublicTransport, public_client, resolve
from tests.support.servers.local_web import CERTIFICATE, NAMES

_HERE = "127.0.0.1"


async def _resolve(host: str, port: int) -> list[str]:
    return [_HERE] if host in NAMES[:2] else await resolve(host, port)


def _is_allowed(address: str) -> bool:
    return address == _HERE or is_public(address)


def _transport(_verify: object = None) -> PublicTransport:
    trusted = ssl.create_default_context(cafile=os.environ[CERTIFICATE])
    return PublicTransport(trusted, resolve=_resolve, is_allowed=_is_allowed)


# Also in the processes that the server starts: they import the main module anew.
runtime.PublicTransport = _transport  # type: ignore[misc,assignment]
webhook_worker.make_client = lambda: public_client(_transport())

if __name__ == "__main__":
    serve.main()
