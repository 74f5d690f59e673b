"""A table as somebody uploads it: its headings, its lines, and why one cannot be read."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

Cell = str | int | float | None
"""Text, or a number as a spreadsheet has it. Its dates and hours come as text: «2026-12-01»,
«2026-12-01T16:00», «16:00». Nothing stands for an empty one."""
Line = tuple[int, list[Cell]]
"""With its number in the file, as a spreadsheet shows it: the first is 1."""

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_LINES = 250_000
MAX_COLUMNS = 200
MAX_CELLS = 8_000_000
MAX_CELL = 20_001
"""Characters that are kept of one: one more than any field takes, so that it is refused."""
_HEADING_WITHIN = 30
"""Lines above the headings: titles, the date of the export."""


class TableProblem(StrEnum):
    """Why a file cannot be imported; each has its sentence on screen, and what would work."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_LINES = "too_many_lines"
    TOO_MANY_COLUMNS = "too_many_columns"
    ENCRYPTED = "encrypted"
    OLD_EXCEL = "old_excel"
    NOT_A_TABLE = "not_a_table"
    BROKEN = "broken"
    NO_LINES = "no_lines"
    """Headings alone."""


class TableRefusedError(Exception):
    """A file that cannot be imported."""

    def __init__(self, problem: TableProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def is_blank(cells: Iterable[Cell]) -> bool:
    return all(cell is None for cell in cells)


def heading_line(lines: Sequence[Line]) -> int:
    """Which of the first lines holds the headings: the first that fills as many columns as any
    above the data does, with different texts; a title fills one, or many with the same."""
    first = lines[:_HEADING_WITHIN]
    widths = [_headings_in(cells) for _, cells in first]
    widest = max(widths, default=0)
    return next((at for at, width in enumerate(widths) if width and width * 2 > widest), 0)


def named(headings: Iterable[Cell]) -> list[str]:
    """The headings as texts, each once: a second «Phone» is «Phone (2)»; "" for none."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for cell in headings:
        text = " ".join(str(cell).split())[:200] if cell is not None else ""
        seen[text] = seen.get(text, 0) + 1
        names.append(f"{text} ({seen[text]})" if text and seen[text] > 1 else text)
    return names


def _headings_in(cells: Iterable[Cell]) -> int:
    texts = [cell for cell in cells if isinstance(cell, str)]
    return len(texts) if len(set(texts)) > 1 else len(texts[:1])
