"""Who is gone is known for sure, or not at all."""

import os
import subprocess
import sys

import pytest

from inbox_app.jobs.process_name import is_surely_gone, new_name

NAMES = "from inbox_app.jobs.process_name import new_name; print(new_name())"


def _another_process(*, then: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", f"{NAMES}\nimport sys; sys.stdout.flush()\n{then}"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _name_told_by(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where process ids mean what")
def test_a_process_is_gone_when_it_was_killed_even_before_anybody_buries_it() -> None:
    with _another_process(then="input()") as process:
        name = _name_told_by(process)
        assert not is_surely_gone(name)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert is_surely_gone(name)
    assert is_surely_gone(name)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where process ids mean what")
def test_who_had_our_process_id_before_us_is_gone() -> None:
    place, pid, _, task = new_name().split(":")
    assert is_surely_gone(f"{place}:{pid}:deadbeef:{task}")


def test_this_process_is_not_gone() -> None:
    assert not is_surely_gone(new_name())


@pytest.mark.parametrize("name", ["", "elsewhere/1:999999999:run:task", "host:1:run", ":1:run:x"])
def test_of_other_machines_and_strange_names_nothing_is_said(name: str) -> None:
    assert not is_surely_gone(name)
