"""A table comes in: its lines are kept, and its columns guessed, or known from the last time."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.imports.columns import fingerprint, guess
from inbox_app.domain.imports.dates import Evidence
from inbox_app.domain.imports.mapping import TableMapping
from inbox_app.domain.imports.states import ImportState
from inbox_app.domain.imports.tables import Cell, Line
from inbox_app.domain.messages import clean_line
from inbox_app.models import DataImport, DataImportLine, ImportMapping
from inbox_app.services.bulk import insert_new
from inbox_app.services.imports.kinds import KINDS
from inbox_app.vault import Vault

SAMPLE = 50
"""Lines by which columns are guessed."""
_LONGEST_NAME = 200


def begin(
    session: AsyncSession,
    account_id: int,
    *,
    kind: str,
    filename: str,
    headings: Sequence[str],
    user_id: int | None,
    now: datetime,
) -> DataImport:
    """An import without lines yet."""
    row = DataImport(
        account_id=account_id,
        kind=kind,
        filename=clean_line(filename, _LONGEST_NAME),
        state=ImportState.READING,
        headings=list(headings),
        created_by=user_id,
        created_at=now,
    )
    session.add(row)
    return row


async def add_lines(
    session: AsyncSession, row: DataImport, lines: Sequence[Line], vault: Vault
) -> None:
    """Some more of its lines."""
    secret = KINDS[row.kind].holds_codes
    rows = [
        {
            "import_id": row.id,
            "line": number,
            "account_id": row.account_id,
            "cells": pack(cells, vault if secret else None),
        }
        for number, cells in lines
    ]
    await insert_new(await session.connection(), DataImportLine, rows, col(DataImportLine.line))


class Columns:
    """What is learnt of the columns while the lines go by."""

    def __init__(self, width: int) -> None:
        self.evidence = [Evidence() for _ in range(width)]
        self.samples: list[list[Cell]] = [[] for _ in range(width)]

    def see(self, lines: Iterable[Line]) -> None:
        """Some more lines. Takes long for many: call it off the event loop."""
        for _, cells in lines:
            for cell, found, sample in zip(cells, self.evidence, self.samples, strict=True):
                if cell is None:
                    continue
                if len(sample) < SAMPLE:
                    sample.append(cell)
                if isinstance(cell, str):
                    found.add(cell)


async def end(session: AsyncSession, row: DataImport, columns: Columns, lines: int) -> None:
    """All lines are there: somebody may say what the columns mean."""
    row.lines = lines
    row.evidence = [[each.day_first, each.month_first, each.either] for each in columns.evidence]
    row.mapping = (await _mapping(session, row, columns)).as_json()
    row.state = ImportState.MAPPING
    session.add(row)


def pack(cells: Sequence[Cell], vault: Vault | None) -> str:
    """As a row keeps them; encrypted when there may be a code among them."""
    written = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    return vault.encrypt(written) if vault else written


def unpack(packed: str, vault: Vault | None) -> list[Cell]:
    """Raises ``cryptography.fernet.InvalidToken`` when the key is another one by now."""
    return json.loads(vault.decrypt(packed) if vault else packed)


async def _mapping(session: AsyncSession, row: DataImport, columns: Columns) -> TableMapping:
    query = select(ImportMapping).where(
        col(ImportMapping.account_id) == row.account_id,
        col(ImportMapping.kind) == row.kind,
        col(ImportMapping.fingerprint) == fingerprint(row.headings),
    )
    remembered = (await session.exec(query)).one_or_none()
    if remembered is not None:
        return TableMapping.from_json(remembered.mapping)
    return TableMapping(tuple(guess(row.headings, columns.samples, KINDS[row.kind].fields)))
