"""What a running process holds: made once at the start, reached by the edges, never by the core."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from ssl import SSLContext

import httpx

from inbox_app import clock
from inbox_app.channel_setup import register_channels
from inbox_app.config.settings import Settings
from inbox_app.database import Database
from inbox_app.live import InProcess, Live
from inbox_app.public_addresses.client import PublicTransport, public_client
from inbox_app.storage import Bucket, BucketAddress, Folder, Storage
from inbox_app.vault import Vault

_GRAPH_TIMEOUT = httpx.Timeout(30.0, connect=5.0, pool=10.0)
_GRAPH_LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=20)


@cache
def _trusted() -> SSLContext:
    """Reading a hundred authorities takes longer than all the rest of a start."""
    return httpx.create_ssl_context()


def _public_client() -> httpx.AsyncClient:
    return public_client(PublicTransport(_trusted()))


@dataclass(frozen=True, slots=True)
class Runtime:
    """The impure things, in one place: pages, routes, jobs and commands take them from here."""

    settings: Settings
    database: Database
    vault: Vault
    live: Live
    http: httpx.AsyncClient
    """Towards Meta: pooled, with time-outs, never following redirects."""
    storage: Storage
    """The bytes of people's files."""
    public: httpx.AsyncClient = field(default_factory=_public_client)
    """Towards addresses that people typed: public ones alone, see ``public_addresses``."""

    async def close(self) -> None:
        """Give connections back."""
        await self.http.aclose()
        await self.public.aclose()
        await self.database.close()


_current: Runtime | None = None


def start_runtime(settings: Settings) -> Runtime:
    """Make the process's runtime. Call it inside the event loop that will use it."""
    global _current
    clock.follow_sandbox_clock(
        settings.data_dir / "sandbox-clock" if settings.sandbox_mode else None
    )
    register_channels(graph_url=settings.graph_url, graph_version=settings.meta_graph_version)
    _current = Runtime(
        settings=settings,
        database=Database(settings.database_url),
        vault=Vault(settings.secret_key.get_secret_value()),
        live=InProcess(),
        http=httpx.AsyncClient(verify=_trusted(), timeout=_GRAPH_TIMEOUT, limits=_GRAPH_LIMITS),
        storage=open_storage(settings),
    )
    return _current


def open_storage(settings: Settings) -> Storage:
    """Where STORAGE_URL says that files lie; nothing is asked of it yet."""
    if settings.bucket is None:
        return Folder(Path(settings.storage_url))
    name, prefix = settings.bucket
    address = BucketAddress(
        name=name,
        prefix=prefix,
        endpoint=settings.storage_endpoint,
        region=settings.storage_region,
        key_id=settings.storage_key_id.get_secret_value(),
        secret=settings.storage_secret.get_secret_value(),
    )
    return Bucket(address, settings.data_dir / "arriving")


def current_runtime() -> Runtime:
    """The process's runtime; raises ``RuntimeError`` before it is started."""
    if _current is None:
        raise RuntimeError("the runtime is not started")
    return _current


async def stop_runtime() -> None:
    """Close what ``start_runtime`` made."""
    global _current
    ended, _current = _current, None
    if ended is not None:
        await ended.close()
