"""Where the bytes of files lie, named by what they are: a seam with one place behind it."""

from inbox_app.storage.base import (
    MissingFileError,
    Storage,
    StoredFile,
    TooLargeError,
    chunks_of,
)
from inbox_app.storage.folder import Folder

__all__ = ["Folder", "MissingFileError", "Storage", "StoredFile", "TooLargeError", "chunks_of"]
