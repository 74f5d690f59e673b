"""XLSX: the first sheet that is shown, values instead of formulas, merged cells filled in."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from inbox_app.domain.imports.tables import (
    MAX_CELL,
    MAX_CELLS,
    MAX_UNPACKED_BYTES,
    Cell,
    Line,
    TableProblem,
    TableRefusedError,
)

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "xl/workbook.xml"
_MOST_FILES = 5_000
_CHUNK = 1024 * 1024
_WHOLE = 2**53
"""Beyond it a float is no exact number."""

_Merged = dict[tuple[int, int], Cell]


def lines(file: Path) -> Iterator[Line]:
    """Each row with its number. Raises ``TableRefusedError``."""
    _check_unpacked_size(file)
    try:
        sheet = _sheet(CalamineWorkbook.from_path(file))
    except (CalamineError, ValueError, OSError):
        raise TableRefusedError(TableProblem.BROKEN) from None
    if sheet is None:
        raise TableRefusedError(TableProblem.EMPTY)
    height, width = _size(sheet)
    if height * width > MAX_CELLS:
        raise TableRefusedError(TableProblem.TOO_MANY_LINES)
    return _rows(sheet)


def old_office_problem(file: Path) -> TableProblem:
    """Excel keeps what a password protects in the container of its old format."""
    with file.open("rb") as source:
        while chunk := source.read(_CHUNK):
            if _ENCRYPTED in chunk:
                return TableProblem.ENCRYPTED
    return TableProblem.OLD_EXCEL


def _check_unpacked_size(file: Path) -> None:
    """By unpacking: what a bomb says of its own size need not be true."""
    left = MAX_UNPACKED_BYTES
    try:
        with ZipFile(file) as packed:
            names = packed.infolist()
            if len(names) > _MOST_FILES or sum(each.file_size for each in names) > left:
                raise TableRefusedError(TableProblem.TOO_LARGE)
            if _WORKBOOK not in packed.namelist():
                raise TableRefusedError(TableProblem.NOT_A_TABLE)
            for each in names:
                if each.flag_bits & 1:
                    raise TableRefusedError(TableProblem.ENCRYPTED)
                with packed.open(each) as source:
                    while chunk := source.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise TableRefusedError(TableProblem.TOO_LARGE)
    except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        raise TableRefusedError(TableProblem.BROKEN) from None


def _sheet(book: CalamineWorkbook) -> CalamineSheet | None:
    """The first that people see, and that has something in it."""
    for about in book.sheets_metadata:
        if about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible:
            sheet = book.get_sheet_by_name(about.name)
            if sheet.start is not None:
                return sheet
    return None


def _size(sheet: CalamineSheet) -> tuple[int, int]:
    """With what is empty above and before."""
    bottom, right = sheet.end or (0, 0)
    return bottom + 1, right + 1


def _rows(sheet: CalamineSheet) -> Iterator[Line]:
    down, right = sheet.start or (0, 0)
    merged = _merged(sheet)
    for at, row in enumerate(sheet.iter_rows(), down):
        cells = [None] * right + [_cell(value) for value in row]
        yield at + 1, [merged.get((at, column), cell) for column, cell in enumerate(cells)]


def _merged(sheet: CalamineSheet) -> _Merged:
    """What stands in the cells that one was stretched over, but within the table only."""
    height, width = _size(sheet)
    ranges = [
        ((top, left), (min(bottom, height - 1), min(right, width - 1)))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    if not ranges:
        return {}
    if sum((b - t + 1) * (r - le + 1) for (t, le), (b, r) in ranges) > MAX_CELLS:
        raise TableRefusedError(TableProblem.TOO_MANY_LINES)
    corners = _corners(sheet, {corner for corner, _ in ranges})
    return {
        (row, column): corners[top, left]
        for (top, left), (bottom, right) in ranges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (top, left) in corners
    }


def _corners(sheet: CalamineSheet, wanted: set[tuple[int, int]]) -> _Merged:
    down, across = sheet.start or (0, 0)
    return {
        (row, column): _cell(value)
        for row, values in enumerate(sheet.iter_rows(), down)
        for column, value in enumerate(values, across)
        if (row, column) in wanted
    }


def _cell(value: Any) -> Cell:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value.strip()[:MAX_CELL] or None
        case int():
            return value
        case float():
            return int(value) if value.is_integer() and abs(value) < _WHOLE else value
        case _:
            return _moment(value)


def _moment(value: Any) -> Cell:
    match value:
        case datetime():
            at_midnight = value.time() == time()
            return value.date().isoformat() if at_midnight else value.strftime("%Y-%m-%dT%H:%M")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case timedelta():
            minutes = int(value.total_seconds()) // 60
            return f"{minutes // 60:02d}:{minutes % 60:02d}"
        case _:
            return None
