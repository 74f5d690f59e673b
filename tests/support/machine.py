"""What tests need of the machine: a browser and PostgreSQL, or some are skipped; quick files."""

import os
import shutil
import subprocess
from functools import cache

import psycopg
import pytest

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
"""A server where the tests may make, and remove, a database of their own."""

NO_BROWSER = "no Chromium on this machine, and nobody to install it (apt install chromium)"
NO_POSTGRES = "no PostgreSQL answers at TEST_DATABASE_URL (default: 127.0.0.1:5432)"

_MEMORY, _ROOM = "/dev/shm", 4 * 2**30  # noqa: S108 - pytest makes folders of its own there

_HEADLESS = "chromium-headless-shell"
"""The same engine without the windows: opens a page with a third of the work."""
_BROWSERS = (_HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@cache
def chromium() -> str | None:
    """The browser's path, to be given to Playwright as ``executable_path``."""
    return next((path for name in _BROWSERS if (path := shutil.which(name))), None)


def need_chromium() -> str:
    """The browser's path, or the test is skipped."""
    return chromium() or pytest.skip(NO_BROWSER)


def install_chromium() -> None:
    """Install Debian's Chromium, the one without windows where there is one, when that is missing
    and we may; says nothing when it cannot."""
    if shutil.which(_HEADLESS) or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    if not _installs(_HEADLESS) and chromium() is None:
        _apt_get("update")
        if not _installs(_HEADLESS):
            _installs("chromium")
    chromium.cache_clear()


def _installs(package: str) -> bool:
    return _apt_get("install", "--yes", "--no-install-recommends", package)


def _apt_get(*arguments: str) -> bool:
    command = ["apt-get", "-qq", *arguments]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def postgres_answers() -> bool:
    """Whether tests can run on PostgreSQL too."""
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def keep_files_in_memory() -> None:
    """Have pytest make its temporary folders where a commit waits for no disk, if there is room."""
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", _MEMORY)
