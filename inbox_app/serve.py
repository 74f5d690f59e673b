"""What bin/run executes: settings, port, migrations, pages, then the server until it is stopped.

`HOST=… PORT=… DATA_DIR=… python -m inbox_app.serve` starts one more; it says «Ready» when it
answers, and SIGTERM or Ctrl-C ends it with all its processes.
"""

import ctypes
import errno
import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Any

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server.mp import MPServer
from starlette.types import ASGIApp

from inbox_app.config import settings
from inbox_app.config.settings import Settings, SettingsError
from inbox_app.operating import build_pages, logs
from inbox_app.operating.migrations import MigrationError, migrate_installation

_DEMO_SIGN_IN = "demo@example.com / demo-inbox"


def main() -> None:
    """Start, or stop with one sentence on standard error and exit code 1."""
    os.chdir(build_pages.ROOT)
    try:
        configured = settings.current()
        _check_port(configured)
        log_config = logs.configure(configured.log_level, configured.log_format)
        migrate_installation(configured)
        build_pages.build_if_stale()
    except (SettingsError, MigrationError, build_pages.BuildError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    os.environ |= reflex_environment(configured)
    _Server(configured, log_config).serve()


def asgi() -> ASGIApp:
    """The application as the server calls it; made once in each worker."""
    _die_with_parent()
    with _collecting_nothing():
        return _application()


def _application() -> ASGIApp:
    from inbox_app.api.edge import REFLEX_PATHS, Edge
    from inbox_app.api.security_headers import page_paths, security_headers
    from inbox_app.api.socket_bounds import SocketBounds
    from inbox_app.inbox_app import FAST_LANE, app

    configured, inside = settings.current(), app()
    built = build_pages.BUILT
    headers = partial(security_headers, built, configured.origins, over_https=configured.is_https)
    return Edge(
        inside=inside,
        sockets=SocketBounds(inside),
        fast_lane=FAST_LANE,
        headers=headers(),
        own_headers={"/connect": headers(facebook=True)} if configured.signup else {},
        closed=REFLEX_PATHS if configured.sandbox_mode else (*REFLEX_PATHS, "/sandbox"),
        page_paths=page_paths(built),
    )


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """What is imported stays: to look for garbage in it takes a quarter of the start, and then
    again and again while the worker serves."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def reflex_environment(configured: Settings) -> dict[str, str]:
    """What Reflex is told of this installation; it reads only its own variables."""
    return {
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "REFLEX_CORS_ALLOWED_ORIGINS": ",".join(configured.origins),
        "REFLEX_TRUSTED_PROXY_HOPS": str(configured.trusted_proxy_hops),
        # A phone that vanished is noticed after 25 seconds; Reflex's defaults take 145.
        "REFLEX_SOCKET_INTERVAL": "10s",
        "REFLEX_SOCKET_TIMEOUT": "15s",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        # Tabs live in this one process: they open and come back without any Redis.
        "REFLEX_REDIS_URL": "",
        "REFLEX_STATE_MANAGER_MODE": "memory",
    }


class _Server(MPServer):
    """Granian, saying where it is as soon as it answers."""

    def __init__(self, configured: Settings, log_config: dict[str, Any]) -> None:
        super().__init__(
            f"{__name__ if __name__ != '__main__' else 'inbox_app.serve'}:asgi",
            factory=True,
            interface=Interfaces.ASGI,
            loop=Loops.asyncio,  # also where another happens to be installed
            address=configured.host,
            port=configured.port,
            workers=configured.workers,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            log_level=LogLevels.warning,
            log_dictconfig=log_config,
        )
        self._configured = configured

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        super().startup(spawn_target, target_loader)
        threading.Thread(target=_announce, args=(self._configured,), daemon=True).start()


def _announce(configured: Settings) -> None:
    while not _answers(configured):
        time.sleep(0.05)
    lines = [f"Ready: {configured.public_url}"]
    if configured.sandbox_mode:
        lines.append(f"Sandbox: nothing reaches Meta. Sign in as {_DEMO_SIGN_IN}")
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()


def _answers(configured: Settings) -> bool:
    with closing(_socket(configured)) as probe:
        return probe.connect_ex(_reachable(configured)) == 0


def _check_port(configured: Settings) -> None:
    with closing(_socket(configured)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((configured.host, configured.port))
        except OSError as error:
            raise SettingsError(_why_not(error, configured)) from None


def _why_not(error: OSError, configured: Settings) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"PORT {configured.port} is taken by another program on {configured.host}."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"HOST {configured.host} is not an address of this machine."
    return f"PORT {configured.port} cannot be used: {error.strerror}."


def _socket(configured: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in configured.host else socket.AF_INET
    return socket.socket(family, socket.SOCK_STREAM)


def _reachable(configured: Settings) -> tuple[str, int]:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound
    return everywhere.get(configured.host, configured.host), configured.port


def _die_with_parent() -> None:
    """Have the kernel end this worker with its supervisor, or a killed one would leave the port
    taken by nobody's child."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        prctl: Callable[..., int] = ctypes.CDLL(None).prctl
        prctl(set_parent_death_signal, signal.SIGKILL)


if __name__ == "__main__":
    main()
