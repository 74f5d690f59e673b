"""Builds the pages with Reflex when what they are made of has changed.

`python -m inbox_app.operating.build_pages` builds if need be; the result is in `.web/build/client`.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from inbox_app.operating.page_sources import page_sources

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / ".web" / "build" / "client"
_STAMP = ROOT / ".web" / "build" / "made-of.sha256"
_SCRATCH = ROOT / "build"
_LOG = _SCRATCH / "pages.log"
_UNFINISHED = _SCRATCH / "pages.unfinished"
"""There from the beginning of a build to its good end."""
_STAGES = {
    "Compiling production app": "  compiling …",
    "Installing base frontend packages": "  fetching the packages of the browser's side …",
    "Creating Production Build": "  bundling …",
}
"""What Reflex logs, and what is said of it."""

_BESIDE_THE_CODE = ("requirements.txt", "assets/**/*")
# Reflex itself adds to these while it builds, when a component brings a new package.
_PINS = ("reflex.lock/*",)
_MADE_BY_REFLEX = "assets/external"


class BuildError(Exception):
    """Reflex could not build the pages; the message says where its output is."""


def build_if_stale() -> bool:
    """Build unless the last build was made of the same files; says whether it built.

    Raises:
        BuildError: with the end of the build's output.
    """
    try:
        with _one_at_a_time() as lock:
            made_of = _fingerprint(page_sources(ROOT) | _files(_BESIDE_THE_CODE))
            built_of = _STAMP.read_text() if BUILT.is_dir() and _STAMP.exists() else None
            if built_of == made_of + _fingerprint(_files(_PINS)) and not _UNFINISHED.exists():
                return False
            _begin()
            _build(lock)
            os.sync()
            _STAMP.write_text(made_of + _fingerprint(_files(_PINS)))
            _UNFINISHED.unlink()
            return True
    except OSError as error:
        raise BuildError(f"The pages could not be built: {error}.") from error


def _begin() -> None:
    """Half of a build is worse than none: packages and pages in it count as there."""
    if _UNFINISHED.exists():
        _say("The last build of the pages was cut short or failed: building them from nothing …")
        shutil.rmtree(BUILT.parents[1], ignore_errors=True)
    else:
        _say("Building the pages; the first time takes a minute …")
    _UNFINISHED.touch()


def _files(patterns: tuple[str, ...]) -> set[Path]:
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return {path for path in found if not path.is_relative_to(ROOT / _MADE_BY_REFLEX)}


def _fingerprint(paths: set[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        name = path.relative_to(ROOT).as_posix()
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


@contextmanager
def _one_at_a_time() -> Iterator[int]:
    """Answers the lock's descriptor: what inherits it holds the lock as long as it lives, so that a
    build whose parent was killed never runs beside the next."""
    _SCRATCH.mkdir(exist_ok=True)
    with (_SCRATCH / "pages.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("Another build of the pages is running: waiting for its end …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()


def _build(lock: int) -> None:
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    with _LOG.open("w") as log:
        code = _run_in_own_group([*command, "--env", "prod", "--loglevel", "debug"], log, lock)
    if code != 0:
        lines = _LOG.read_text().splitlines()
        end = "\n".join([line for line in lines if not line.startswith("Debug: npm")][-25:])
        raise BuildError(f"{end}\nThe pages could not be built; all of it is in {_LOG}.")


def _run_in_own_group(command: list[str], log: TextIO, lock: int) -> int:
    """Run to the end, saying how far it is; when we are told to stop, so is all that it started."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=ROOT,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            pass_fds=[lock],
        ) as process:
            try:
                _follow(process.stdout or (), log)
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        return process.returncode
    finally:
        signal.signal(signal.SIGTERM, before)


def _follow(lines: Iterable[str], log: TextIO) -> None:
    """Keep what Reflex says, and say its stages."""
    coming = dict(_STAGES)
    for line in lines:
        log.write(line)
        for told in [told for told in coming if told in line]:
            _say(coming.pop(told))


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _environment() -> dict[str, str]:
    """Node and npm from the virtual environment; nothing asked of anybody but the registry."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    inherited = {name: value for name, value in os.environ.items() if "REFLEX_" not in name}
    quiet = inherited | {
        "PATH": path,
        "REFLEX_USE_NPM": "true",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_DIR": str(_SCRATCH / "reflex"),
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
        # Reflex breaks the lines that it logs at the width of a terminal.
        "COLUMNS": "1000",
        "NPM_CONFIG_AUDIT": "false",
        "NPM_CONFIG_FUND": "false",
        # The pins hold on any registry: no download addresses in them.
        "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true",
    }
    registry = subprocess.run(
        ["npm", "config", "get", "registry"],  # noqa: S607 - found on the path above
        capture_output=True, text=True, check=True, env=quiet,
    )  # fmt: skip
    # Reflex would probe mirrors for the fastest if the machine's choice were not named.
    return quiet | {"NPM_CONFIG_REGISTRY": registry.stdout.strip()}


if __name__ == "__main__":
    try:
        build_if_stale()
    except BuildError as error:
        sys.exit(str(error))
