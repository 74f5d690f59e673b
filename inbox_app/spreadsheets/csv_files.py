"""CSV, whatever program wrote it: its encoding and its separator are found out."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from charset_normalizer import from_bytes

from inbox_app.domain.imports.tables import MAX_CELL, Cell, Line, TableProblem, TableRefusedError

_SAMPLE = 256 * 1024
_SEPARATORS = ";,\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD_ENCODINGS = ["cp1252", "mac_roman", "cp850"]
"""What Windows, Macs and DOS wrote in Western Europe; Latin-1 is in the first."""
_LONGEST_FIELD = 1024 * 1024


def lines(file: Path) -> Iterator[Line]:
    """Each record with its number, blank ones counted. Raises ``TableRefusedError``."""
    encoding = _encoding(file)
    with file.open(encoding=encoding, newline="") as source:
        sample = source.read(_SAMPLE)
    if "\0" in sample:
        raise TableRefusedError(TableProblem.NOT_A_TABLE)
    named, separator = _separator(sample)
    csv.field_size_limit(_LONGEST_FIELD)
    with file.open(encoding=encoding, newline="", errors="replace") as source:
        if named:
            source.readline()
        reader = csv.reader(source, delimiter=separator)
        try:
            for number, cells in enumerate(reader, 2 if named else 1):
                yield number, [_cell(cell) for cell in cells]
        except csv.Error:
            raise TableRefusedError(TableProblem.BROKEN) from None


def _cell(text: str) -> Cell:
    return text.strip()[:MAX_CELL] or None


def _encoding(file: Path) -> str:
    with file.open("rb") as source:
        head = source.read(_SAMPLE)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if wide := _wide(head):
        return wide
    if b"\0" in head:
        raise TableRefusedError(TableProblem.NOT_A_TABLE)
    return "utf-8" if _is_utf8(file) else _old_encoding(file, head)


def _wide(head: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of European text is zero."""
    even, odd = head[::2], head[1::2]
    if odd and odd.count(0) * 2 > len(odd) and not even.count(0):
        return "utf-16-le"
    if even and even.count(0) * 2 > len(even) and not odd.count(0):
        return "utf-16-be"
    return None


def _is_utf8(file: Path) -> bool:
    """All of it: the one name with an accent may stand at the end."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with file.open("rb") as source:
            while chunk := source.read(_SAMPLE):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _old_encoding(file: Path, head: bytes) -> str:
    """By the lines that hold more than ASCII, which are what there is to tell from."""
    telling = b"\n".join(islice(_lines_beyond_ascii(file, head), 200))[:_SAMPLE]
    found = from_bytes(telling, cp_isolation=_OLD_ENCODINGS, threshold=0.9)
    likely = min(found, key=lambda match: (match.chaos, _rank(match.encoding)), default=None)
    return likely.encoding if likely else _OLD_ENCODINGS[0]


def _rank(encoding: str) -> int:
    """Of several that read well, the most common."""
    return _OLD_ENCODINGS.index(encoding) if encoding in _OLD_ENCODINGS else len(_OLD_ENCODINGS)


def _lines_beyond_ascii(file: Path, head: bytes) -> Iterator[bytes]:
    found = [line for line in head.splitlines() if not line.isascii()]
    if found:
        yield from found
        return
    with file.open("rb") as source:
        yield from (line for line in source if not line.isascii())


def _separator(sample: str) -> tuple[bool, str]:
    """Whether the first line names it, as Excel does («sep=;»), and which it is."""
    first = sample.partition("\n")[0].strip().strip('"')
    if first[:4].lower() == "sep=" and len(first) == 5:
        return True, first[4]
    return False, max(_SEPARATORS, key=lambda separator: _regularity(sample, separator))


def _regularity(sample: str, separator: str) -> tuple[int, int]:
    """How many of the first records have as many columns as most of them, and how many columns
    that is; nothing where it separates nothing."""
    complete = sample if len(sample) < _SAMPLE else sample.rpartition("\n")[0]
    records = csv.reader(complete.splitlines(keepends=True)[:200], delimiter=separator)
    try:
        widths = Counter(len(record) for record in records if len(record) > 1)
    except csv.Error:
        return (0, 0)
    if not widths:
        return (0, 0)
    width, count = max(widths.items(), key=lambda each: (each[1], each[0]))
    return (count, width)
