"""Has a process look into a file, a few at a time, and ends it when it takes too long."""

from pathlib import Path

from anyio import CapacityLimiter

from inbox_app.domain.files.file_types import UNKNOWN
from inbox_app.module_process import run_module
from inbox_app.previews.findings import Findings

MAX_SECONDS = 60.0
_AT_ONCE = CapacityLimiter(2)
_VIEWER = "inbox_app.previews"


async def look_into(
    file: Path, content_type: str, made: Path, most_seconds: float = MAX_SECONDS
) -> Findings:
    """What is in ``file``, whose beginning says ``content_type``; what is made of it goes to the
    folder ``made``. What cannot be looked into is of an unknown type."""
    arguments = (str(file), content_type, str(made))
    found = await run_module(_VIEWER, *arguments, most_seconds=most_seconds, limiter=_AT_ONCE)
    return Findings(**found) if found else Findings(content_type=UNKNOWN)
