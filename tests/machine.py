"""What of the machine some tests need: a browser and PostgreSQL; without them those are skipped."""

import os
import shutil
import subprocess
from functools import lru_cache

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"

NO_BROWSER = "no Chromium on this machine, and nobody to install it (apt install chromium)"
NO_POSTGRES = "no PostgreSQL at 127.0.0.1:5432 (or TEST_POSTGRES_URL)"


@lru_cache
def chromium() -> str | None:
    """The browser's path, to be given to Playwright as ``executable_path``."""
    return next((path for name in _BROWSERS if (path := shutil.which(name))), None)


def need_chromium() -> str:
    """The browser's path, or the test is skipped."""
    return chromium() or pytest.skip(NO_BROWSER)


def install_chromium() -> None:
    """Install Debian's Chromium when it is missing and we may; says nothing when it cannot."""
    if chromium() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-qq", *arguments], capture_output=True, check=False)
    chromium.cache_clear()


@lru_cache
def postgres_url() -> str | None:
    """A PostgreSQL server where databases and schemas may be made, as its maintenance database."""
    url = os.environ.get("TEST_POSTGRES_URL", _POSTGRES)
    engine = create_engine(url, connect_args={"connect_timeout": 3})
    try:
        engine.connect().close()
    except OperationalError:
        return None
    finally:
        engine.dispose()
    return url


def need_postgres() -> str:
    """The PostgreSQL server's address, or the test is skipped."""
    return postgres_url() or pytest.skip(NO_POSTGRES)
