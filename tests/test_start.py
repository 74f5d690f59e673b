"""Starting and stopping the real server, as bin/run does."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inbox_app.operating import build_pages
from tests.support.patience import PATIENCE
from tests.support.servers.serving import (
    Served,
    environment,
    free_port,
    serving,
    start,
    wait_until_ready,
)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path) as served:
        yield served


def test_when_told_to_stop_it_leaves_nothing_running(served: Served) -> None:
    workers = _children(served.process.pid)
    assert workers
    assert served.stop() == 0
    assert not _alive(workers)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_when_it_is_killed_its_workers_do_not_keep_the_port(served: Served) -> None:
    workers = _children(served.process.pid)
    served.kill()
    for _ in range(int(50 * PATIENCE)):
        if not _alive(workers) and not _listens(served.url):
            break
        time.sleep(0.02)
    assert not _alive(workers)
    assert not _listens(served.url)


def test_another_port_and_public_address_need_no_rebuild(tmp_path: Path) -> None:
    elsewhere = "https://localhost:8443"
    build_pages.build_if_stale()
    with serving(tmp_path, PUBLIC_URL=elsewhere) as other:
        said = other.log.read_text()
        assert f"Ready: {elsewhere}" in said
        assert "Building" not in said


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"META_GRAPH_URL": "graph"}, "META_GRAPH_URL must be an http:// or https:// address"),
        ({"HOST": "0.0.0.0"}, "SANDBOX must be set to 1"),  # noqa: S104 - it is refused
        ({"HOST": "192.0.2.1", "SANDBOX": "1"}, "HOST 192.0.2.1 is not an address of this"),
        ({"DATABASE_URL": "sqlite:////dev/null/x.db"}, "DATABASE_URL: the database cannot be"),
    ],
)
def test_a_bad_setting_stops_the_start_with_one_sentence(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    refused = _run_refused(tmp_path, free_port(), settings)
    assert refused.startswith(sentence)
    assert refused.count("\n") == 1


def test_a_taken_port_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = _run_refused(tmp_path, port, {})
    assert refused == f"PORT {port} is taken by another program on 127.0.0.1.\n"


def test_two_that_start_together_on_one_database_both_come_up(tmp_path: Path) -> None:
    ports = free_port(), free_port()
    logs = [tmp_path / f"{port}.log" for port in ports]
    both = [
        start(log, environment(tmp_path / "data", port, {}))
        for log, port in zip(logs, ports, strict=True)
    ]
    try:
        for process, log in zip(both, logs, strict=True):
            wait_until_ready(Served("", process, log))
    finally:
        for process in both:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _run_refused(data_dir: Path, port: int, settings: dict[str, str]) -> str:
    """What it writes to standard error when it refuses to start."""
    done = subprocess.run(
        [sys.executable, "-m", "inbox_app.serve"],
        env=environment(data_dir, port, settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    return done.stderr


def _children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True
    )
    return [int(child) for child in listed.stdout.split()]


def _listens(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(url.rsplit(":", 1)[1]))) == 0


def _alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}").exists() and not _is_zombie(pid)]


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True
