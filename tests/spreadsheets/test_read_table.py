"""Tables as programs and people write them, and files made to do harm (A3)."""

import io
import os
import struct
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from inbox_app.domain.imports.tables import Cell, TableProblem, TableRefusedError
from inbox_app.spreadsheets import read_table
from inbox_app.spreadsheets.safe_csv import harmless, written
from tests.support.samples.workbooks import SHEET_END, SHEET_START, Formula, packed, workbook

pytestmark = pytest.mark.anyio

_HEADINGS = ["Nome", "Città"]
_ROWS = [(2, ["Zoë Ångström", "Forlì"]), (3, ["Łukasz", None])]


async def _read(tmp_path: Path, content: bytes) -> tuple[list[str], list[tuple[int, list[Cell]]]]:
    file = tmp_path / "table"
    file.write_bytes(content)
    table = await read_table(file)
    return table.headings, [line for part in table.parts(2) for line in part]


@pytest.mark.parametrize(
    "content",
    [
        "Nome,Città\r\nZoë Ångström,Forlì\r\nŁukasz,\r\n".encode(),
        "\ufeffNome,Città\nZoë Ångström,Forlì\nŁukasz,\n".encode(),
        "Nome;Città\nZoë Ångström;Forlì\nŁukasz;\n".encode(),
        "Nome\tCittà\nZoë Ångström\tForlì\nŁukasz\t\n".encode(),
        "Nome;Città\nZoë Ångström;Forlì\nŁukasz;\n".encode("utf-16"),
        "Nome;Città\nZoë Ångström;Forlì\nŁukasz;\n".encode("utf-16-le"),
        "Nome;Città\nZoë Ångström;Forlì\nŁukasz;\n".encode("utf-16-be"),
        '"Nome";"Città"\n"Zoë Ångström";"Forlì"\n"Łukasz";\n'.encode(),
    ],
    ids=["commas", "BOM", "semicolons", "tabs", "UTF-16", "little end", "big end", "quotes"],
)
async def test_csv_is_read_however_it_was_written(tmp_path: Path, content: bytes) -> None:
    assert await _read(tmp_path, content) == (_HEADINGS, _ROWS)


async def test_latin_1_is_told_from_utf_8_though_accents_come_late(tmp_path: Path) -> None:
    plain = "".join(f"Anna Bianchi {number};Rimini\n" for number in range(20_000))
    content = f"Nome;Luogo\n{plain}José Müller-Lefèvre;Forlì, così è più bello\n"
    _, lines = await _read(tmp_path, content.encode("latin-1"))
    assert lines[-1] == (20_002, ["José Müller-Lefèvre", "Forlì, così è più bello"])


async def test_a_separator_that_excel_names_is_believed(tmp_path: Path) -> None:
    headings, lines = await _read(tmp_path, b"sep=|\nA|B\n1,2;3|4\n")
    assert (headings, lines) == (["A", "B"], [(3, ["1,2;3", "4"])])


async def test_commas_in_quotes_and_line_breaks_separate_nothing(tmp_path: Path) -> None:
    content = b'name;notes\n"Rossi, Mario; SpA";"late\nfor dinner"\nAda;\n'
    _, lines = await _read(tmp_path, content)
    assert lines == [(2, ["Rossi, Mario; SpA", "late\nfor dinner"]), (3, ["Ada", None])]


async def test_titles_and_blank_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    content = b"Bookings;;\n;;\nCode;Guest;From\nA1;Ada;2026-12-01\n;;\nA2;Bob;2026-12-02\n"
    headings, lines = await _read(tmp_path, content)
    assert headings == ["Code", "Guest", "From"]
    assert [number for number, _ in lines] == [4, 6]


async def test_short_and_long_lines_fit_and_headings_are_told_apart(tmp_path: Path) -> None:
    headings, lines = await _read(tmp_path, b"Phone,Phone,Name\n1\n1,2,3,4,5\n")
    assert headings == ["Phone", "Phone (2)", "Name"]
    assert lines == [(2, ["1", None, None]), (3, ["1", "2", "3"])]


async def test_a_workbook_gives_dates_numbers_and_what_formulas_came_to(tmp_path: Path) -> None:
    content = workbook(
        [
            ["Guest", "Arrival", "At", "Total", "Phone", "Balance"],
            ["Ada", date(2026, 12, 1), datetime(2026, 12, 1, 16, 30), 1234.5, 393471234567, 0],  # noqa: DTZ001
            ["Bob", date(2026, 2, 28), None, Formula("=D2*2|2469"), "+44 20 7946 0000", -3],
        ]
    )
    _, lines = await _read(tmp_path, content)
    assert lines == [
        (2, ["Ada", "2026-12-01", "2026-12-01T16:30", 1234.5, 393471234567, 0]),
        (3, ["Bob", "2026-02-28", None, "2469", "+44 20 7946 0000", -3]),
    ]


async def test_a_merged_cell_stands_in_all_its_places(tmp_path: Path) -> None:
    content = workbook(
        [
            ["Bookings of December", None, None],
            ["Home", "Guest", "From"],
            ["Casa Blu", "Ada", "a"],
            [None, "Bob", "b"],
        ],
        merged=["A1:C1", "A3:A4"],
    )
    headings, lines = await _read(tmp_path, content)
    assert headings == ["Home", "Guest", "From"]
    assert lines == [(3, ["Casa Blu", "Ada", "a"]), (4, ["Casa Blu", "Bob", "b"])]


def _bomb() -> bytes:
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        with parts.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(410):
                sheet.write(b"<row/>" * (1024 * 1024 // 6))
    return target.getvalue()


def _lying_bomb() -> bytes:
    """It says that its sheet unpacks to hundred bytes."""
    honest = packed("<row/>" * 10_000_000)
    size = struct.pack("<I", len(SHEET_START) + 60_000_000 + len(SHEET_END))
    assert honest.count(size) == 2
    return honest.replace(size, struct.pack("<I", 100))


_FAR_CELL = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
_FAR_CELL += '<c r="XFD1048576"><v>1</v></c></row></sheetData>'
_STRETCHED = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>'
_STRETCHED += '<mergeCell ref="A1:XFD1048576"/></mergeCells>'
_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>'
)


def _encrypted() -> bytes:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000
    return container + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000


HOSTILE: dict[str, tuple[Callable[[], bytes], set[TableProblem]]] = {
    "nothing": (lambda: b"", {TableProblem.EMPTY}),
    "blank lines": (lambda: b"\n;;\n\n", {TableProblem.EMPTY}),
    "headings alone": (lambda: b"a;b\n", {TableProblem.NO_LINES}),
    "a zip bomb": (_bomb, {TableProblem.TOO_LARGE}),
    "a zip bomb that lies": (_lying_bomb, {TableProblem.BROKEN, TableProblem.TOO_LARGE}),
    "a cell at the end of the world": (
        lambda: packed(_FAR_CELL),
        {TableProblem.TOO_MANY_LINES, TableProblem.TOO_LARGE, TableProblem.BROKEN},
    ),
    "a cell over all the world": (lambda: packed(_STRETCHED), {TableProblem.NO_LINES}),
    "entities": (lambda: packed(_ENTITIES), {TableProblem.BROKEN, TableProblem.EMPTY}),
    "half a workbook": (lambda: workbook([["a"], ["b"]])[:300], {TableProblem.BROKEN}),
    "a zip of something else": (
        lambda: _zip_of("word/document.xml"),
        {TableProblem.NOT_A_TABLE},
    ),
    "a workbook behind a password": (_encrypted, {TableProblem.ENCRYPTED}),
    "Excel 97": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000,
        {TableProblem.OLD_EXCEL},
    ),
    "a photo": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, {TableProblem.NOT_A_TABLE}),
    "too many columns": (
        lambda: ";".join(f"c{n}" for n in range(300)).encode() + b"\n" + b"1;" * 300,
        {TableProblem.TOO_MANY_COLUMNS},
    ),
    "an endless cell": (lambda: b'a;b\n"' + b"x" * 3_000_000, {TableProblem.BROKEN}),
    "too many lines": (lambda: b"a\n" + b"1\n" * 300_000, {TableProblem.TOO_MANY_LINES}),
}


def _zip_of(name: str) -> bytes:
    target = io.BytesIO()
    with ZipFile(target, "w") as parts:
        parts.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_is_no_table_or_too_large_is_refused(tmp_path: Path, name: str) -> None:
    make, problems = HOSTILE[name]
    with pytest.raises(TableRefusedError) as refused:
        await _read(tmp_path, make())
    assert refused.value.problem in problems


async def test_a_file_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TableRefusedError):
        await read_table(tmp_path / "pipe", most_seconds=0.2)


@pytest.mark.parametrize(
    "text", ["=1+1", "+39 347", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1"]
)
def test_what_a_spreadsheet_would_calculate_becomes_text(text: str) -> None:
    assert harmless(text) == "'" + text


def test_all_other_cells_are_written_as_they_are() -> None:
    rows = [["Ada", 'he said "hi"', None, 3], ["a\nb", "", "x=1", "=1"]]
    assert written(rows) == '"Ada","he said ""hi""","","3"\r\n"a\nb","","x=1","\'=1"\r\n'
