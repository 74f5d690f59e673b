"""The doctor tries the place where files lie, and says what is wrong with it (M3)."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from inbox_app.database import Database
from inbox_app.operating.doctor.check_storage import files_are_there, storage_works
from inbox_app.operating.doctor.findings import Finding
from inbox_app.runtime import Runtime
from inbox_app.storage import BucketAddress
from tests.support.kept_files import keep
from tests.support.servers.bucket_server import bucket_server
from tests.support.servers.routes_app import make_account, running

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BucketAddress]:
    with bucket_server(tmp_path_factory.mktemp("s3") / "buckets") as address:
        yield address


async def _findings(runtime: Runtime) -> list[Finding]:
    return [finding async for finding in storage_works(runtime)]


def _in_bucket(served: BucketAddress, **other: str) -> dict[str, str]:
    return {
        "storage_url": f"s3://{served.name}/doctor",
        "storage_endpoint": served.endpoint or "",
        "storage_key_id": served.key_id,
        "storage_secret": served.secret,
    } | other


async def test_a_bucket_that_works_is_nothing_to_speak_of(
    sqlite: Database, tmp_path: Path, served: BucketAddress
) -> None:
    async with running(sqlite, tmp_path, **_in_bucket(served)) as runtime:
        assert await _findings(runtime) == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"storage_url": "s3://another"}, "there is no such bucket"),
        ({"storage_secret": "wrong"}, "the bucket refuses the key"),
        ({"storage_endpoint": "http://127.0.0.1:1"}, "the bucket does not answer"),
    ],
)
async def test_what_is_wrong_with_a_bucket_is_said_without_its_secret(
    sqlite: Database, tmp_path: Path, served: BucketAddress, other: dict[str, str], words: str
) -> None:
    async with running(sqlite, tmp_path, **_in_bucket(served, **other)) as runtime:
        (found,) = await _findings(runtime)
    assert found.what.startswith(f"Files cannot be kept at STORAGE_URL: {words}")
    assert served.secret not in found.what
    assert served.key_id not in found.what


async def test_a_folder_that_is_none_is_said_to_be(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    async with running(sqlite, tmp_path, storage_url=str(tmp_path / "taken")) as runtime:
        (found,) = await _findings(runtime)
    assert "File exists" in found.what


async def test_people_s_files_in_the_clear_are_noted(sqlite: Database, tmp_path: Path) -> None:
    async with running(sqlite, tmp_path, storage_endpoint="http://storage.example.com") as runtime:
        (found,) = await _findings(runtime)
    assert found.note


async def test_files_that_lie_elsewhere_are_missed(
    sqlite: Database, tmp_path: Path, now: datetime
) -> None:
    async with running(sqlite, tmp_path) as runtime:
        await make_account(sqlite)
        await keep(runtime, tmp_path, now)
        assert [found async for found in files_are_there(runtime)] == []
    async with running(sqlite, tmp_path, storage_url=str(tmp_path / "another")) as runtime:
        (found,) = [found async for found in files_are_there(runtime)]
    assert "was it another before?" in found.what
