"""What closed tabs leave behind: `python -m bench.tabs [COUNT]`.

COUNT tabs (10,000) open, 20 at a time, and close again: four of five of somebody who is signed in
and opens a thread, every fifth a socket that never signs in. Once the states of closed tabs are
dropped, the memory of the process that serves stands beside what it was after the first 500, when
all code is loaded. Linux only.
"""

import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx

from inbox_app.pages.tabs.closed_tabs import KEPT_SECONDS
from tests.support.servers.serving import Served, serving
from tests.support.servers.tab_socket import wire_tab

COUNT, WARM_UP, AT_A_TIME = 10_000, 500, 20
AT_MOST = 1.10
THREAD = "/inbox/1"


def main(count: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), SANDBOX="1") as served:
        cookie = _sign_in(served)
        _open_and_close(served, cookie, WARM_UP)
        before = _settled_megabytes(served)
        began = time.monotonic()
        _open_and_close(served, cookie, count)
        taken, full = time.monotonic() - began, _megabytes(served)
        after = _settled_megabytes(served)
    print(f"{count} tabs opened and closed in {taken:.0f} s")
    print(
        f"MB before {before:.0f}, when the last one had closed {full:.0f}, afterwards {after:.0f}"
    )
    ratio = after / before
    print(f"ratio {ratio:.2f}, at most {AT_MOST}: {'reached' if ratio <= AT_MOST else 'MISSED'}")


def _sign_in(served: Served) -> str:
    form = {"email": "demo@example.com", "password": "demo-inbox"}
    with httpx.Client(base_url=served.url, headers={"Origin": served.url}) as browser:
        browser.post("/auth/sign-in", data=form)
        ((name, value),) = browser.cookies.items()
    return f"{name}={value}"


def _open_and_close(served: Served, cookie: str, count: int) -> None:
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        list(pool.map(partial(_visit, served.url, cookie), range(count)))


def _visit(url: str, cookie: str, number: int) -> None:
    stranger = number % 5 == 0
    with wire_tab(url, path=THREAD, cookie="" if stranger else cookie) as tab:
        tab.settle() if stranger else tab.load()


def _settled_megabytes(served: Served) -> float:
    time.sleep(KEPT_SECONDS + 15)
    return _megabytes(served)


def _megabytes(served: Served) -> float:
    """Resident memory of the worker, the one child of the process that was started."""
    pid = served.process.pid
    (worker,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[:1]
    status = Path(f"/proc/{worker}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
