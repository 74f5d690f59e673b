"""Where the bytes of files lie, named by what they are: a seam with a folder or a bucket behind
it."""

from inbox_app.storage.base import (
    MissingFileError,
    Storage,
    StoredFile,
    TooLargeError,
    chunks_of,
)
from inbox_app.storage.bucket import Bucket, BucketAddress
from inbox_app.storage.folder import Folder

__all__ = [
    "Bucket",
    "BucketAddress",
    "Folder",
    "MissingFileError",
    "Storage",
    "StoredFile",
    "TooLargeError",
    "chunks_of",
]
