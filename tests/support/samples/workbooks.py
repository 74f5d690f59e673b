"""XLSX files made part by part, so that tests can make what no spreadsheet would."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from zipfile import ZIP_DEFLATED, ZipFile

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_BOOK = (
    f'<workbook {_NS} xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Sheet 1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_STYLES = (
    f'<styleSheet {_NS}><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="22"/></cellXfs></styleSheet>'
)
SHEET_START, SHEET_END = f"<worksheet {_NS}>", "</worksheet>"
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones

Value = str | int | float | date | None


class Formula(str):
    """`=…`, with the value that the spreadsheet had calculated behind a bar."""


def workbook(rows: Sequence[Sequence[Value]], merged: Sequence[str] = ()) -> bytes:
    """One sheet with these rows; `merged` are ranges like «A1:C1»."""
    lines = "".join(
        f'<row r="{number}">{_cells(number, row)}</row>' for number, row in enumerate(rows, 1)
    )
    ranges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    return packed(
        f"<sheetData>{lines}</sheetData>{ranges and f'<mergeCells>{ranges}</mergeCells>'}"
    )


def packed(sheet: str, **others: bytes) -> bytes:
    """A workbook with this content in its sheet."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", _TYPES)
        parts.writestr(
            "_rels/.rels",
            f'{_RELS}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        parts.writestr("xl/workbook.xml", _BOOK)
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{_RELS}<Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/styles" '
            'Target="styles.xml"/></Relationships>',
        )
        parts.writestr("xl/styles.xml", _STYLES)
        parts.writestr("xl/worksheets/sheet1.xml", SHEET_START + sheet + SHEET_END)
        for name, content in others.items():
            parts.writestr(name, content)
    return target.getvalue()


def _cells(row: int, values: Sequence[Value]) -> str:
    return "".join(_cell(column, row, value) for column, value in enumerate(values))


def _cell(column: int, row: int, value: Value) -> str:
    where = f'r="{chr(65 + column)}{row}"'
    match value:
        case None:
            return ""
        case Formula():
            formula, _, result = value.partition("|")
            return f'<c {where} t="str"><f>{formula[1:]}</f><v>{result}</v></c>'
        case str():
            return f'<c {where} t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
        case datetime():
            days = (value - _EPOCH).total_seconds() / 86_400
            return f'<c {where} s="2"><v>{days}</v></c>'
        case date():
            return f'<c {where} s="1"><v>{(value - _EPOCH.date()).days}</v></c>'
        case _:
            return f"<c {where}><v>{value}</v></c>"
