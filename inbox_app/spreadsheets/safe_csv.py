"""CSV that we write: nothing in it is a formula to the spreadsheet that opens it."""

import csv
import io
from collections.abc import Iterable

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Full-width signs too: some spreadsheets take them for the others."""


def harmless(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would calculate it."""
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINNINGS) else text


def written(rows: Iterable[Iterable[object]]) -> str:
    """The rows as CSV, every cell of them harmless."""
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([harmless("" if cell is None else str(cell)) for cell in row])
    return target.getvalue()
