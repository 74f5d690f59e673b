"""Runs a conversion beside the server, a few at a time, and ends it when it takes too long."""

from dataclasses import dataclass
from pathlib import Path

from anyio import CapacityLimiter, to_thread

from inbox_app.domain.files.outgoing_files import FileLimits, FileProblem, FileRefusedError
from inbox_app.domain.messages import MessageKind
from inbox_app.module_process import run_module

MAX_SECONDS = 60.0
_AT_ONCE = CapacityLimiter(2)
_CONVERTER = "inbox_app.conversion"
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
    told = await run_module(_CONVERTER, *arguments, most_seconds=most_seconds, limiter=_AT_ONCE)
    if told is None:
        raise FileRefusedError(_BROKEN[kind])
    if "problem" in told:
        raise FileRefusedError(FileProblem(told["problem"]))
    made = await to_thread.run_sync(target.exists)
    return Converted(path=target if made else source, **told)
