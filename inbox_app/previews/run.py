"""Has a process look into a file, a few at a time, and ends it when it takes too long."""

import subprocess
import sys
from pathlib import Path

import orjson
from anyio import CapacityLimiter, to_thread

from inbox_app.domain.files.file_types import UNKNOWN
from inbox_app.previews.findings import Findings

MAX_SECONDS = 60.0
_AT_ONCE = CapacityLimiter(2)
_HERE = Path(__file__).parents[2]


async def look_into(
    file: Path, content_type: str, made: Path, most_seconds: float = MAX_SECONDS
) -> Findings:
    """What is in ``file``, whose beginning says ``content_type``; what is made of it goes to the
    folder ``made``. What cannot be looked into is of an unknown type."""
    arguments = (str(file), content_type, str(made))
    return await to_thread.run_sync(_run, arguments, most_seconds, limiter=_AT_ONCE)


def _run(arguments: tuple[str, ...], most_seconds: float) -> Findings:
    command = (sys.executable, "-m", "inbox_app.previews", *arguments)
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, and paths that we named
            command,
            cwd=_HERE,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=most_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Findings(content_type=UNKNOWN)
    if ended.returncode != 0:
        return Findings(content_type=UNKNOWN)
    return Findings(**orjson.loads(ended.stdout))
