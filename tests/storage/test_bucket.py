"""What only a bucket does: how it fails, and in how little memory it moves large files (M3)."""

import hashlib
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inbox_app.storage import Bucket, BucketAddress, MissingFileError
from inbox_app.storage.bucket import Patience
from tests.storage.pieces import given, whole
from tests.support.servers.bucket_server import SECRET, fresh
from tests.support.servers.serving import free_port

pytestmark = pytest.mark.anyio

_NAME = "ab" * 32
_HURRIED = Patience(connect=timedelta(seconds=1), answer=timedelta(seconds=0.3), tries=0)


async def _put(bucket: Bucket) -> object:
    return await bucket.put(given([b"x"]), limit=1)


async def _read(bucket: Bucket) -> object:
    return await whole(bucket.read(_NAME))


async def _copied(bucket: Bucket) -> object:
    async with bucket.on_disk(_NAME) as file:
        return file


async def _list(bucket: Bucket) -> object:
    return [names async for names in bucket.older_than(datetime.now(UTC))]


async def _delete(bucket: Bucket) -> object:
    return await bucket.delete(_NAME)


async def _delete_if_older(bucket: Bucket) -> object:
    return await bucket.delete_if_older(_NAME, datetime.now(UTC))


@pytest.fixture(
    params=[_put, _read, _copied, _list, _delete, _delete_if_older],
    ids=lambda call: call.__name__.strip("_"),
)
def call(request: pytest.FixtureRequest) -> Callable[[Bucket], Awaitable[object]]:
    return request.param


@pytest.fixture
def silent() -> Iterator[str]:
    """Takes connections and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


async def _refused(
    address: BucketAddress, scratch: Path, call: Callable[[Bucket], Awaitable[object]]
) -> OSError:
    with pytest.raises(OSError) as refused:  # noqa: PT011 - its words are looked at by the tests
        await call(Bucket(address, scratch, _HURRIED))
    assert not isinstance(refused.value, FileNotFoundError)
    assert SECRET not in f"{refused.value!r}{refused.value.__cause__}"
    assert refused.value.__suppress_context__, "a traceback would tell what the service answered"
    return refused.value


async def test_a_bucket_that_is_gone_is_not_a_file_that_is_gone(
    served_bucket: BucketAddress, tmp_path: Path, call: Callable[[Bucket], Awaitable[object]]
) -> None:
    error = await _refused(replace(served_bucket, name="gone"), tmp_path, call)
    assert error.strerror == "there is no such bucket"


async def test_a_key_that_is_refused_is_said_to_be(
    served_bucket: BucketAddress, tmp_path: Path, call: Callable[[Bucket], Awaitable[object]]
) -> None:
    error = await _refused(replace(served_bucket, secret="another"), tmp_path, call)
    assert (error.strerror or "").startswith("the bucket refuses the key")


async def test_a_service_that_is_away_is_said_to_be(
    served_bucket: BucketAddress, tmp_path: Path, call: Callable[[Bucket], Awaitable[object]]
) -> None:
    away = replace(served_bucket, endpoint=f"http://127.0.0.1:{free_port()}")
    error = await _refused(away, tmp_path, call)
    assert error.strerror == "the bucket does not answer"


async def test_a_service_that_never_answers_is_not_waited_for(
    served_bucket: BucketAddress,
    silent: str,
    tmp_path: Path,
    call: Callable[[Bucket], Awaitable[object]],
) -> None:
    error = await _refused(replace(served_bucket, endpoint=silent), tmp_path, call)
    assert error.strerror == "the bucket does not answer"


async def test_what_shows_an_address_does_not_show_its_key(served_bucket: BucketAddress) -> None:
    assert SECRET not in repr(served_bucket)
    assert served_bucket.key_id not in repr(served_bucket)


async def test_a_folder_of_files_copied_into_a_bucket_is_found_there(
    served_bucket: BucketAddress, buckets: Path, tmp_path: Path
) -> None:
    address = fresh(served_bucket, tmp_path.name)
    name = (await Bucket(address, tmp_path).put(given([b"x"]), limit=1)).sha256
    assert (buckets / "files" / address.prefix / name[:2] / name[2:4] / name).read_bytes() == b"x"


async def test_at_the_top_of_a_bucket_what_is_not_ours_is_left_alone(
    served_bucket: BucketAddress, buckets: Path, tmp_path: Path
) -> None:
    (buckets / "shared").mkdir()
    (buckets / "shared" / "invoice.pdf").write_bytes(b"theirs")
    bucket = Bucket(replace(served_bucket, name="shared", prefix=""), tmp_path)
    stored = await bucket.put(given([b"ours"]), limit=9)
    later = datetime.now(UTC) + timedelta(hours=1)
    assert [names async for names in bucket.older_than(later)] == [[stored.sha256]]


async def test_a_hundred_megabytes_go_both_ways_in_less_than_thirty_of_memory(
    served_bucket: BucketAddress, tmp_path: Path
) -> None:
    digest = hashlib.sha256()
    with (tmp_path / "large").open("wb") as file:
        for _ in range(100):
            digest.update(piece := os.urandom(1024 * 1024))
            file.write(piece)
    own = fresh(served_bucket, tmp_path.name)
    there, back = _in_a_process_of_its_own(own, tmp_path)
    assert (there[0], back[0]) == (digest.hexdigest(), digest.hexdigest())
    assert there[1] < 30
    assert back[1] < 30


def _in_a_process_of_its_own(address: BucketAddress, folder: Path) -> list[tuple[str, int]]:
    """The digest and the megabytes that each way took at most, over what the process had."""
    named = [address.prefix, address.endpoint or "", address.key_id, address.secret, str(folder)]
    told = subprocess.run(
        [sys.executable, "-c", _MOVES, *named], capture_output=True, text=True, check=True
    )
    lines = [line.split() for line in told.stdout.splitlines()]
    return [(digest, int(megabytes)) for digest, megabytes in lines]


_MOVES = """
import asyncio, hashlib, sys, threading, time
from pathlib import Path
from inbox_app.storage import Bucket, BucketAddress, chunks_of

prefix, endpoint, key_id, secret, folder = sys.argv[1:]
address = BucketAddress(name="files", prefix=prefix, endpoint=endpoint, region="us-east-1",
    key_id=key_id, secret=secret)

def taken():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

class Peak(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.before = self.most = taken()
        self.over = False
    def run(self):
        while not self.over:
            self.most = max(self.most, taken())
            time.sleep(0.001)
    def told(self):
        self.over = True
        return (self.most - self.before) // 1024**2

async def main():
    bucket = Bucket(address, Path(folder, "scratch"))
    async def few():
        yield b"warm"
    await bucket.put(few(), limit=9)
    peak = Peak(); peak.start()
    stored = await bucket.put(chunks_of(Path(folder, "large")), limit=2**30)
    print(stored.sha256, peak.told())
    peak, digest = Peak(), hashlib.sha256()
    peak.start()
    async for piece in bucket.read(stored.sha256):
        digest.update(piece)
    print(digest.hexdigest(), peak.told())

asyncio.run(main())
"""


async def test_what_is_missing_is_missing(served_bucket: BucketAddress, tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        await Bucket(served_bucket, tmp_path).size(_NAME)
