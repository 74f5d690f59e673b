"""Has a process read a table, one or two at a time, and ends it when it takes too long."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import orjson
from anyio import CapacityLimiter, to_thread

from inbox_app.domain.imports.tables import Line, TableProblem, TableRefusedError
from inbox_app.module_process import run_module

MAX_SECONDS = 90.0
_AT_ONCE = CapacityLimiter(2)
_READER = "inbox_app.spreadsheets"


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as it was read: its headings, how many lines it has, and where these lie."""

    headings: list[str]
    count: int
    path: Path

    def parts(self, at_once: int) -> Iterator[list[Line]]:
        """The lines, so many at a time: they need not all be in memory. Touches the disk."""
        with self.path.open("rb") as source:
            next(source)
            while part := [_line(each) for each in islice(source, at_once)]:
                yield part


async def read_table(source: Path, most_seconds: float = MAX_SECONDS) -> ReadTable:
    """The table in ``source``; its lines are written beside it. Raises ``TableRefusedError``."""
    target = source.with_suffix(".lines")
    paths = (str(source), str(target))
    told = await run_module(_READER, *paths, most_seconds=most_seconds, limiter=_AT_ONCE)
    if told is None:
        raise TableRefusedError(TableProblem.BROKEN)
    if "problem" in told:
        raise TableRefusedError(TableProblem(told["problem"]))
    return ReadTable(await to_thread.run_sync(_headings, target), told["lines"], target)


def _headings(target: Path) -> list[str]:
    with target.open("rb") as source:
        return orjson.loads(next(source))


def _line(written: bytes) -> Line:
    number, cells = orjson.loads(written)
    return number, cells
