"""The installation's own keys when nobody gave one: made once, readable by their owner only."""

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

FILE_NAME, PUSH_FILE_NAME = "secret_key", "push_key"
"""The second is what push services know the installation by."""


def read_or_make(data_dir: Path) -> str:
    """The key in the folder `data_dir`, made on the first call."""
    return make_once(data_dir / FILE_NAME, lambda: secrets.token_urlsafe(48))


def make_once(path: Path, make: Callable[[], str]) -> str:
    """What the file holds, which is made on the first call; who start together agree on one."""
    if not path.exists():
        _write(path, make())
    return path.read_text(encoding="ascii").strip()


def _write(path: Path, value: str) -> None:
    descriptor, scratch = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        os.link(scratch, path)
    except FileExistsError:
        return
    finally:
        Path(scratch).unlink()
