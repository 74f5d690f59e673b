"""What the page of imports shows, read at once (A3)."""

from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.imports.states import ImportState, Outcome
from inbox_app.domain.imports.tables import Cell
from inbox_app.models import DataImport, DataImportLine
from inbox_app.queries.imports import imports
from inbox_app.queries.imports.rows import (
    NO_IMPORT,
    ColumnRow,
    ImportRow,
    ImportView,
    LineRow,
)
from inbox_app.services.imports import steps
from inbox_app.services.imports.kinds import KINDS
from inbox_app.services.imports.take_in import unpack
from inbox_app.vault import Vault

MOST_IMPORTS = 30
MOST_LINES = 50
MOST_COLUMNS = 130
_EXAMPLES = 20
_CODES = {"door_code", "wifi_password"}
_LONGEST_EXAMPLE, _LONGEST_PREVIEW = 60, 160


class Wanted(NamedTuple):
    """The import that is open, 0 for none, and which of its lines are listed from where on."""

    import_id: int
    outcome: str
    after: int


class Seen(NamedTuple):
    rows: list[ImportRow]
    current: ImportView
    columns: list[ColumnRow]
    lines: list[LineRow]
    options: list[str]


async def see(session: AsyncSession, account_id: int, wanted: Wanted, vault: Vault) -> Seen:
    """The list where no import is open, or it is not this account's."""
    row = await imports.import_of(session, account_id, wanted.import_id)
    if row is None:
        rows = await imports.latest(session, account_id, limit=MOST_IMPORTS)
        return Seen(rows, NO_IMPORT, [], [], [])
    fields = [field.name for field in KINDS[row.kind].fields]
    columns = await _columns(session, row, vault) if row.state is ImportState.MAPPING else []
    return Seen([], _view(row), columns, await _lines(session, row, wanted, vault), fields)


def _view(row: DataImport) -> ImportView:
    asks = [missing.problem.value for missing in steps.questions(row)]
    mapping = steps.mapping_of(row)
    constant = next((c for c in KINDS[row.kind].constants if c not in mapping.fields), "")
    return ImportView(
        id=str(row.id),
        kind=row.kind,
        filename=row.filename,
        state=row.state.value,
        lines=row.lines,
        counted=row.counted,
        created=row.created,
        changed=row.changed,
        unchanged=row.unchanged,
        refused=row.refused,
        undone=row.undone,
        kept=row.kept,
        asks=asks[0] if asks else "",
        constant=constant,
        said=mapping.constants.get(constant, ""),
    )


async def _columns(session: AsyncSession, row: DataImport, vault: Vault) -> list[ColumnRow]:
    first = await imports.lines_of(session, row.account_id, row.id, None, limit=_EXAMPLES)
    cells = [_cells(line, row, vault) for line in first]
    mapping, evidence = steps.mapping_of(row), steps.evidence_of(row)
    dates = {field.name for field in KINDS[row.kind].fields if field.holds == "date"}
    return [
        ColumnRow(
            column=str(column),
            heading=heading,
            examples=_examples(column, mapping.fields[column], cells),
            field=mapping.fields[column],
            asks=mapping.fields[column] in dates and evidence[column].must_ask,
            order=mapping.orders.get(column, ""),
        )
        for column, heading in enumerate(row.headings[:MOST_COLUMNS])
    ]


def _examples(column: int, field: str, lines: list[list[Cell]]) -> str:
    """Up to three that differ; a code is nobody's to read."""
    found = list(dict.fromkeys(str(cells[column]) for cells in lines if cells[column] is not None))
    if field in _CODES:
        return "••••" if found else ""
    return " · ".join(each[:_LONGEST_EXAMPLE] for each in found[:3])


async def _lines(
    session: AsyncSession, row: DataImport, wanted: Wanted, vault: Vault
) -> list[LineRow]:
    if wanted.outcome not in set(Outcome):
        return []
    lines = await imports.lines_of(
        session,
        row.account_id,
        row.id,
        Outcome(wanted.outcome),
        after=wanted.after,
        limit=MOST_LINES,
    )
    return [_line(line, row, vault) for line in lines]


def _line(line: DataImportLine, row: DataImport, vault: Vault) -> LineRow:
    told = line.details or {}
    fields = steps.mapping_of(row).fields
    shown = (
        str(cell)
        for cell, field in zip(_cells(line, row, vault), fields, strict=False)
        if cell is not None and field and field not in _CODES
    )
    return LineRow(
        line=line.line,
        preview=" · ".join(shown)[:_LONGEST_PREVIEW],
        fields=told.get("fields", []),
        why=told.get("why", ""),
        field=told.get("field", ""),
        value=told.get("value", ""),
    )


def _cells(line: DataImportLine, row: DataImport, vault: Vault) -> list[Cell]:
    return unpack(line.cells, vault if KINDS[row.kind].holds_codes else None)
