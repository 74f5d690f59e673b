"""What bin/venv executes, on any Python: `.venv` with what a lock file pins, whatever stood there.

A lock is installed, never resolved: each pin by its hash, no dependencies looked up, nothing built.
pip does it, since it comes with Python and keeps to the machine's index, proxy and certificates.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VENV = ROOT / ".venv"
_PYTHON = _VENV / "bin" / "python"
_WHOLE = _VENV / "whole"
"""There when nothing was cut short, and says where: scripts inside know their own address."""
_SCRATCH = ROOT / "build"
_LOG = _SCRATCH / "venv.log"
_INSTALL = ("install", "--no-deps", "--require-hashes", "--only-binary=:all:", "--progress-bar=off")
_PIN = re.compile(r"^[\w.-]+(?:\[[^]]*\])?==", re.MULTILINE)
_STEP = re.compile(r"(?:Collecting|Requirement already satisfied:|Ignoring) ([\w.-]+)")


class NotMade(Exception):  # noqa: N818 - what happened, in a sentence for people
    """The environment is not there; the next start begins it anew."""


def main(lock: Path) -> None:
    """Install `lock`, or stop with a sentence on standard error and exit code 1."""
    try:
        if not _has(lock):
            with _one_at_a_time() as runtime:
                _make(lock, runtime)
    except (NotMade, OSError) as error:
        sys.exit(f"{error}\nThe packages are not installed; the next start begins anew.")
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped while installing; the next start begins anew.\n")
        sys.exit(130)


def _make(lock: Path, runtime: int) -> None:
    if _has(lock):
        return
    fresh = not _is_whole()
    if fresh:
        _begin_anew(runtime)
    _WHOLE.unlink(missing_ok=True)
    _install(lock, runtime)
    if _pip_check() and not fresh:
        # What an older lock left behind contradicts this one.
        _begin_anew(runtime)
        _install(lock, runtime)
    if wrong := _pip_check():
        raise NotMade(f"{wrong}\n{lock.name} is not complete.")
    for contained in lock, *_contained_in(lock):
        shutil.copyfile(contained, _VENV / contained.name)
    os.sync()
    _WHOLE.write_text(_place())


def _has(lock: Path) -> bool:
    installed = _VENV / lock.name
    return installed.is_file() and installed.read_bytes() == lock.read_bytes() and _is_whole()


def _is_whole() -> bool:
    """Made here, to the end, and its Python is still the one that it was made for."""
    if not _WHOLE.is_file() or _WHOLE.read_text() != _place():
        return False
    try:
        return _run(_PYTHON, "-I", "-c", "import pip").returncode == 0
    except OSError:
        return False


def _place() -> str:
    return str(_VENV.resolve())


def _begin_anew(runtime: int) -> None:
    if _VENV.exists() and any(_VENV.iterdir()):
        _say("What is in .venv is not whole, or not from here: making it anew.")
    else:
        _say("Making the virtual environment .venv …")
    made = _run(_base_python(), "-m", "venv", "--clear", _VENV, runtime=runtime)
    if made.returncode != 0:
        raise NotMade(made.stdout.strip() or "Python's venv module failed.")


def _base_python() -> str:
    """Outside any environment; with Debian's the module is a package of its own."""
    python: str = getattr(sys, "_base_executable", None) or sys.executable
    if _run(python, "-I", "-c", "import ensurepip, venv").returncode != 0:
        needed = "Python's venv module is needed (on Debian and Ubuntu: apt install python3-venv)."
        raise NotMade(needed)
    return python


def _install(lock: Path, runtime: int) -> None:
    total = len(_PIN.findall(lock.read_text()))
    _say(f"Installing {total} packages of {lock.name} …")
    pip = (_PYTHON, "-I", "-u", "-m", "pip", "--disable-pip-version-check", "--no-input")
    command = [*pip, *_INSTALL, "-r", lock]
    progress = _Progress(total)
    with (
        _LOG.open("w") as log,
        subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=[runtime],
        ) as process,
    ):
        assert process.stdout  # noqa: S101 - it is a pipe
        for line in process.stdout:
            log.write(line)
            progress.heard(line)
        progress.end()
    if process.returncode != 0:
        end = "\n".join(_LOG.read_text(errors="replace").splitlines()[-15:])
        raise NotMade(f"{end}\nAll that pip said is in {_LOG}.")


class _Progress:
    """Counts what pip has found: on a terminal in one line, else a line for every twenty."""

    def __init__(self, total: int) -> None:
        self._total, self._found, self._begun = total, 0, False

    def heard(self, line: str) -> None:
        if found := _STEP.match(line):
            self._found += 1
            self._show(f"  {self._found} of {self._total}: {found[1]}")
        elif line.startswith("Installing collected packages"):
            self.end()
            _say("  Downloaded; unpacking them …")

    def end(self) -> None:
        if self._begun:
            sys.stdout.write("\n")
        self._begun = False

    def _show(self, step: str) -> None:
        if sys.stdout.isatty():
            sys.stdout.write(f"\r\033[K{step}")
            sys.stdout.flush()
            self._begun = True
        elif self._found % 20 == 0:
            _say(step)


def _pip_check() -> str:
    """What contradicts in the environment; nothing when all is well."""
    checked = _run(_PYTHON, "-I", "-m", "pip", "--disable-pip-version-check", "check")
    return checked.stdout.strip() if checked.returncode else ""


def _contained_in(lock: Path) -> list[Path]:
    """`requirements-dev.in` begins with all of `requirements.in`, at the same pins."""
    smaller = ROOT / "requirements.txt"
    return [smaller] if lock.name == "requirements-dev.txt" else []


@contextmanager
def _one_at_a_time() -> Iterator[int]:
    """The lock's descriptor goes along to what we start: it holds as long as that works on."""
    _SCRATCH.mkdir(exist_ok=True)
    with (_SCRATCH / "venv.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("Another start is installing; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()


def _run(*command: str | Path, runtime: int | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own commands
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        pass_fds=() if runtime is None else [runtime],
    )


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(ROOT / sys.argv[1])
