"""What only a folder does (M3)."""

import os
import time
from pathlib import Path

import pytest

from inbox_app.storage import Folder
from tests.storage.pieces import given

pytestmark = pytest.mark.anyio


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "media")


async def test_left_overs_of_killed_processes_go_after_a_day(
    folder: Folder, tmp_path: Path
) -> None:
    arriving = tmp_path / "media" / "arriving"
    arriving.mkdir(parents=True)
    for name, hours in (("old", 25), ("of another process", 1)):
        (arriving / name).write_bytes(b"half")
        then = time.time() - hours * 3600
        os.utime(arriving / name, (then, then))
    await folder.put(given([b"x"]), limit=1)
    assert [file.name for file in arriving.iterdir()] == ["of another process"]


async def test_only_the_user_who_runs_it_may_read_it(folder: Folder, tmp_path: Path) -> None:
    stored = await folder.put(given([b"private"]), limit=9)
    async with folder.on_disk(stored.sha256) as file:
        assert file.stat().st_mode & 0o077 == 0
    assert (tmp_path / "media").stat().st_mode & 0o077 == 0
