"""Starts the real server for tests, as bin/run does, on a port and data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[3]
SERVER = "inbox_app.serve"
_START_SECONDS = 300  # the pages may have to be built first


@dataclass(frozen=True)
class Served:
    """A server that answers at `url`; `log` is what it has written."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """End it as a power cut would (`kill -9`), and wait until it is gone."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """End it as Ctrl-C would; answers its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE)


@contextmanager
def serving(
    data_dir: Path, port: int = 0, *, module: str = SERVER, **settings: str
) -> Iterator[Served]:
    """A server on `port` (a free one when 0), in sandbox mode unless `settings` say otherwise."""
    port = port or free_port()
    log = data_dir / f"server-{port}.log"
    process = start(log, environment(data_dir, port, settings), module)
    served = Served(f"http://127.0.0.1:{port}", process, log)
    try:
        wait_until_ready(served)
        yield served
    finally:
        if process.poll() is None:
            served.stop()


def start(log: Path, env: Mapping[str, str], module: str = SERVER) -> subprocess.Popen[bytes]:
    """`python -m inbox_app.serve`, or what stands in for it, writing to `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=env,
            stdout=output,
            stderr=output,
        )


def environment(data_dir: Path, port: int, settings: Mapping[str, str]) -> dict[str, str]:
    """Only what a server needs of ours, so that the developer's own settings stay out."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"PORT": str(port), "DATA_DIR": str(data_dir), "ENV_FILE": os.devnull}
    return kept | own | dict(settings)


def wait_until_ready(served: Served) -> None:
    """Return as soon as the server says so.

    Raises:
        RuntimeError: with its output, when it ended instead or takes too long.
    """
    for _ in range(_START_SECONDS * 20):
        if "Ready:" in served.log.read_text():
            return
        with suppress(subprocess.TimeoutExpired):
            served.process.wait(timeout=0.05)
            break
    raise RuntimeError(f"the server did not start:\n{served.log.read_text()}")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
