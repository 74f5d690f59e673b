"""An S3 service on this machine, which checks signatures as Amazon's does."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from socket import create_connection

from inbox_app.storage import BucketAddress
from tests.support.servers.serving import free_port

KEY_ID, SECRET = "AKIDOFTHETESTS", "the secret of the tests"
_START_SECONDS = 60


@contextmanager
def bucket_server(folder: Path) -> Iterator[BucketAddress]:
    """Its buckets are folders in ``folder``; ``files`` is there, and nothing is at the address."""
    (folder / "files").mkdir(parents=True)
    port = free_port()
    command = ["-m", "nanio", "serve", "--host=127.0.0.1", f"--port={port}", f"--data-dir={folder}"]
    env = os.environ | {"NANIO_ACCESS_KEY": KEY_ID, "NANIO_SECRET_KEY": SECRET}
    with (folder.parent / "bucket-server.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, *command], env=env, stdout=log, stderr=log)
    try:
        _wait_for(port, process)
        yield BucketAddress(
            name="files",
            prefix="inbox/media",
            endpoint=f"http://127.0.0.1:{port}",
            region="us-east-1",
            key_id=KEY_ID,
            secret=SECRET,
        )
    finally:
        process.terminate()
        process.wait()


def fresh(address: BucketAddress, test: str) -> BucketAddress:
    """A place of its own in the same bucket."""
    return replace(address, prefix=f"{test}/media")


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(_START_SECONDS * 20):
        try:
            with closing(create_connection(("127.0.0.1", port), timeout=1)):
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
    raise RuntimeError("the S3 service did not start")
