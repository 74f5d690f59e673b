"""Names for processes, by which one on the same machine sees that another is gone."""

import os
from functools import cache
from pathlib import Path
from uuid import uuid4

_RUN = uuid4().hex[:8]


def new_name() -> str:
    """Of something that this process does; never given twice."""
    return f"{_place()}:{os.getpid()}:{_RUN}:{uuid4().hex[:8]}"


def is_surely_gone(name: str) -> bool:
    """Whether the process that made the name has ended. Of other machines nobody can say."""
    match name.split(":"):
        case [place, pid, run, _] if place and place == _place() and pid.isdecimal():
            return run != _RUN if int(pid) == os.getpid() else not _is_alive(int(pid))
        case _:
            return False


@cache
def _place() -> str:
    """Where process ids mean the same: this boot of the machine, and this container on it. Not the
    host's name, which two machines may share. Empty where the system does not tell."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][:1]
    except (ProcessLookupError, FileNotFoundError):
        return False
    except OSError:
        return True
    return state not in {"Z", "X"}
