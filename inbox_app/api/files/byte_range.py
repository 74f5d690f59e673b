"""Which part of a file a browser asks for: films are read from where one has skipped to."""

import re
from typing import NamedTuple

_ONE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class ByteRange(NamedTuple):
    """From ``start`` up to, but without, ``stop``."""

    start: int
    stop: int


class UnsatisfiableError(Exception):
    """The file has no such part."""


def read(header: str, size: int) -> ByteRange | None:
    """None for the whole: also when several parts, or another unit, are asked for.

    Raises ``UnsatisfiableError``.
    """
    match = _ONE.fullmatch(header.strip())
    if match is None or match.group() == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        start, stop = max(size - int(last), 0), size
    else:
        start, stop = int(first), min(int(last) + 1, size) if last else size
    if first and last and int(last) < int(first):
        return None
    if start >= size or stop <= start:
        raise UnsatisfiableError
    return ByteRange(start, stop)
