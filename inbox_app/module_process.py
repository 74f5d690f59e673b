"""A module of ours run in a process of its own: what it opens may be hostile, and may take the
process with it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
from anyio import CapacityLimiter, to_thread

_HERE = Path(__file__).parents[1]


async def run_module(
    module: str, *arguments: str, most_seconds: float, limiter: CapacityLimiter
) -> dict[str, Any] | None:
    """The JSON object that ``python -m module`` printed; None when it died, or had to be
    ended after so many seconds. As many run at once as ``limiter`` lets."""
    return await to_thread.run_sync(_run, module, arguments, most_seconds, limiter=limiter)


def _run(module: str, arguments: tuple[str, ...], most_seconds: float) -> dict[str, Any] | None:
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, and paths that we named
            (sys.executable, "-m", module, *arguments),
            cwd=_HERE,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=most_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return orjson.loads(ended.stdout) if ended.returncode == 0 else None
