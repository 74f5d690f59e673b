"""`python -m inbox_app.previews`: one file, in this process; tells what was found as JSON."""

import json
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from inbox_app.domain.files.file_types import UNKNOWN
from inbox_app.previews.findings import Findings, UnreadableError

MAX_MEMORY = 1536 * 1024**2
MAX_CPU_SECONDS = 40
MAX_WRITTEN = 64 * 1024**2
_NICE = 10
"""Intake and pages come first."""

Look = Callable[[Path, str, Path], Findings]
_LOOKS = {
    "image": "inbox_app.previews.pictures",
    "video": "inbox_app.previews.recordings",
    "audio": "inbox_app.previews.recordings",
    "application/pdf": "inbox_app.previews.documents",
}
"""Imported when needed: the libraries take longer to load than a photo to be made small."""


def main(file: str, content_type: str, made: str) -> Findings:
    """What was found; what is made lies in the folder ``made``."""
    _bound()
    module = _LOOKS.get(content_type) or _LOOKS.get(content_type.partition("/")[0])
    if module is None:
        return Findings(content_type=content_type)
    look: Look = import_module(module).look
    try:
        return look(Path(file), content_type, Path(made))
    except (UnreadableError, MemoryError, OSError, ValueError):
        return Findings(content_type=UNKNOWN)


def _bound() -> None:
    os.nice(_NICE)
    for what, most in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # macOS bounds no address space
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


if __name__ == "__main__":
    json.dump(asdict(main(*sys.argv[1:])), sys.stdout)
