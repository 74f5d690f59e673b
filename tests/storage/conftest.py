"""Both places where files may lie."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inbox_app.storage import Bucket, BucketAddress, Folder, Storage
from tests.support.servers.bucket_server import bucket_server, fresh


@pytest.fixture(scope="session")
def buckets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service keeps what it is given, as files."""
    return tmp_path_factory.mktemp("s3") / "buckets"


@pytest.fixture(scope="session")
def served_bucket(buckets: Path) -> Iterator[BucketAddress]:
    with bucket_server(buckets) as address:
        yield address


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return Folder(tmp_path / "media")
    address: BucketAddress = request.getfixturevalue("served_bucket")
    return Bucket(fresh(address, tmp_path.name), tmp_path / "scratch")
