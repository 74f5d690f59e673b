"""`python -m inbox_app.conversion`: one file, in this process; tells what came of it as JSON."""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from inbox_app.conversion import pdfs, photos
from inbox_app.domain.files.outgoing_files import PDF, FileLimits, FileProblem, FileRefusedError
from inbox_app.domain.messages import MessageKind

MAX_MEMORY = 2 * 1024**3
MAX_CPU_SECONDS = 60


def main(kind: str, source: str, target: str, types: str, max_bytes: str) -> dict[str, Any]:
    """What lies at ``target`` then, or the problem."""
    _bound()
    try:
        if MessageKind(kind) is MessageKind.DOCUMENT:
            return {"content_type": PDF, "pages": pdfs.pages(Path(source))}
        limits = FileLimits(photo_types=frozenset(types.split(",")), photo_bytes=int(max_bytes))
        content_type, width, height = photos.fit(Path(source), Path(target), limits)
        return {"content_type": content_type, "width": width, "height": height}
    except FileRefusedError as refused:
        return {"problem": refused.problem}
    except MemoryError:
        return {"problem": FileProblem.HUGE_PHOTO}


def _bound() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
    ):
        try:
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))
        except (ValueError, OSError):  # macOS bounds no address space
            continue


if __name__ == "__main__":
    json.dump(main(*sys.argv[1:]), sys.stdout)
