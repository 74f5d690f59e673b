"""Runs a conversion beside the server, a few at a time, and ends it when it takes too long."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from anyio import CapacityLimiter, to_thread

from inbox_app.domain.files.outgoing_files import FileLimits, FileProblem, FileRefusedError
from inbox_app.domain.messages import MessageKind

MAX_SECONDS = 60.0
_AT_ONCE = CapacityLimiter(2)
_HERE = Path(__file__).parents[2]
_BROKEN = {
    MessageKind.IMAGE: FileProblem.BROKEN_PHOTO,
    MessageKind.DOCUMENT: FileProblem.BROKEN_PDF,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What was found in a file, or made of it."""

    path: Path
    """Where the bytes to send lie: the source itself, when it is well as it is."""
    content_type: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None


async def convert(
    kind: MessageKind, source: Path, limits: FileLimits, most_seconds: float = MAX_SECONDS
) -> Converted:
    """Look into ``source``, and make what fits beside it. Raises ``FileRefusedError``."""
    target = source.with_suffix(".sent")
    types = ",".join(sorted(limits.photo_types))
    arguments = (kind.value, str(source), str(target), types, str(limits.photo_bytes))
    told = await to_thread.run_sync(_run, arguments, most_seconds, limiter=_AT_ONCE)
    if told is None:
        raise FileRefusedError(_BROKEN[kind])
    if "problem" in told:
        raise FileRefusedError(FileProblem(told["problem"]))
    made = await to_thread.run_sync(target.exists)
    return Converted(path=target if made else source, **told)


def _run(arguments: tuple[str, ...], most_seconds: float) -> dict[str, Any] | None:
    """What the process told; None when it died, or had to be ended."""
    command = (sys.executable, "-m", "inbox_app.conversion", *arguments)
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, and paths that we named
            command,
            cwd=_HERE,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=most_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return orjson.loads(ended.stdout) if ended.returncode == 0 else None
