"""`python -m inbox_app.spreadsheets SOURCE TARGET`: one file, in this process.

TARGET gets a line of JSON for each of the file's: first the headings, then the number and the
cells of each that is not blank. What came of it is told as JSON.
"""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from inbox_app.domain.imports.tables import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    MAX_LINES,
    MAX_UNPACKED_BYTES,
    Cell,
    Line,
    TableProblem,
    TableRefusedError,
    heading_line,
    is_blank,
    named,
)
from inbox_app.spreadsheets import csv_files, xlsx_files

MAX_MEMORY = 2 * 1024**3
MAX_CPU_SECONDS = 60
_LOOK_AT = 50


def main(source: str, target: str) -> dict[str, Any]:
    """The number of lines, or the problem."""
    _bound()
    try:
        with Path(target).open("wb") as written:
            return {"lines": _write(_lines(Path(source)), written)}
    except TableRefusedError as refused:
        return {"problem": refused.problem}
    except (MemoryError, OverflowError):
        return {"problem": TableProblem.TOO_LARGE}


def _lines(file: Path) -> Iterator[Line]:
    """By what is in it, never by its name."""
    size = file.stat().st_size
    if size == 0:
        raise TableRefusedError(TableProblem.EMPTY)
    if size > MAX_FILE_BYTES:
        raise TableRefusedError(TableProblem.TOO_LARGE)
    with file.open("rb") as source:
        head = source.read(len(xlsx_files.OLD_OFFICE))
    if head.startswith(xlsx_files.OLD_OFFICE):
        raise TableRefusedError(xlsx_files.old_office_problem(file))
    reader = xlsx_files if head.startswith(xlsx_files.ZIP) else csv_files
    return reader.lines(file)


def _write(lines: Iterator[Line], target: BinaryIO) -> int:
    first = list(islice(lines, _LOOK_AT))
    if all(is_blank(cells) for _, cells in first):
        raise TableRefusedError(TableProblem.EMPTY)
    at = heading_line(first)
    headings = _trimmed(named(first[at][1]))
    if len(headings) > MAX_COLUMNS:
        raise TableRefusedError(TableProblem.TOO_MANY_COLUMNS)
    target.write(orjson.dumps(headings) + b"\n")
    count = 0
    for number, cells in chain(first[at + 1 :], lines):
        if is_blank(cells):
            continue
        count += 1
        if count > MAX_LINES or count * len(headings) > MAX_CELLS:
            raise TableRefusedError(TableProblem.TOO_MANY_LINES)
        target.write(orjson.dumps([number, _fitted(cells, len(headings))]) + b"\n")
    if not count:
        raise TableRefusedError(TableProblem.NO_LINES)
    return count


def _trimmed(headings: list[str]) -> list[str]:
    """Without the empty columns at the end."""
    while headings and not headings[-1]:
        headings.pop()
    return headings


def _fitted(cells: list[Cell], width: int) -> list[Cell]:
    return [*cells[:width], *[None] * (width - len(cells))]


def _bound() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_UNPACKED_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # macOS bounds no address space
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


if __name__ == "__main__":
    json.dump(main(*sys.argv[1:]), sys.stdout)
