"""Our own time in a page, told from the machine's: what its main thread computed between two marks.

Chromium's trace gives each `performance.mark` two times: the wall's, and that of the thread, which
stands still while other processes have the core, or the page waits for the server or a frame.
"""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from os import getloadavg
from statistics import quantiles
from typing import Any

from playwright.async_api import Browser, Page

_MARKS = "blink.user_timing"


@dataclass(frozen=True)
class Spent:
    """Milliseconds between two marks: of the thread, and on the wall."""

    own: float
    wall: float


@dataclass
class Marks:
    """The marks of a traced page, in their order; filled when the tracing ends."""

    events: list[dict[str, Any]] = field(default_factory=list)

    def between(self, begin: str, end: str) -> list[Spent]:
        """For each mark `begin` that is followed by one called `end`, before the next `begin`."""
        marks = [event for event in self.events if event["name"] in (begin, end)]
        return [
            Spent((end_["tts"] - begin_["tts"]) / 1000, (end_["ts"] - begin_["ts"]) / 1000)
            for begin_, end_ in pairwise(marks)
            if (begin_["name"], end_["name"]) == (begin, end)
        ]


@asynccontextmanager
async def marked(browser: Browser, page: Page) -> AsyncIterator[Marks]:
    """The marks that `page` sets meanwhile."""
    marks = Marks()
    await browser.start_tracing(page=page, categories=[_MARKS])
    yield marks
    trace = json.loads(await browser.stop_tracing())["traceEvents"]
    marks.events = sorted(
        (event for event in trace if event["cat"] == _MARKS and event["ph"] in "IR"),
        key=lambda event: event["ts"],
    )


def tell(what: str, spent: list[Spent], target: float | None = None) -> bool:
    """Print least, median and p95 of both times; whether p95 of our own is under `target`."""
    own, wall = [each.own for each in spent], [each.wall for each in spent]
    print(f"{what}: own {_line(own)}; on the wall {_line(wall)} ms ({len(spent)})")
    if target is None:
        return True
    reached = _p95(own) < target
    print(f"  p95 of our own, target {target} ms: {'reached' if reached else 'MISSED'}")
    return reached


def tell_load() -> None:
    """How busy the machine was in the last minute: the wall's times are worth as much."""
    print(f"load average {getloadavg()[0]:.1f}")


def _line(taken: Iterable[float]) -> str:
    sorted_ = sorted(taken)
    return f"min {sorted_[0]:.1f}, p50 {sorted_[len(sorted_) // 2]:.1f}, p95 {_p95(sorted_):.1f}"


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]
