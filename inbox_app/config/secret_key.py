"""The installation's own key when nobody gave one: made once, readable by its owner only."""

import os
import secrets
import tempfile
from pathlib import Path

FILE_NAME = "secret_key"


def read_or_make(data_dir: Path) -> str:
    """The key in the folder `data_dir`, made on the first call; who start together agree on one."""
    path = data_dir / FILE_NAME
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    descriptor, scratch = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        os.link(scratch, path)
    except FileExistsError:
        return
    finally:
        Path(scratch).unlink()
