"""Takes in a table that somebody uploads: read beside the server, its lines kept (A3)."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from inbox_app import clock
from inbox_app.domain.imports.tables import (
    MAX_FILE_BYTES,
    Line,
    TableProblem,
    TableRefusedError,
)
from inbox_app.models import DataImport
from inbox_app.runtime import Runtime
from inbox_app.services.imports import take_in
from inbox_app.services.imports.take_in import Columns
from inbox_app.spreadsheets import ReadTable, read_table
from inbox_app.workflows.prepare_file import scratch_folder

_AT_ONCE = 200
_PAUSE_SECONDS = 0.005


async def take_in_table(
    runtime: Runtime,
    chunks: AsyncIterator[bytes],
    filename: str,
    *,
    kind: str,
    account_id: int,
    user_id: int | None,
) -> int:
    """The id of its import. Raises ``TableRefusedError``, and whatever `chunks` raises."""
    scratch = scratch_folder(runtime.settings.data_dir)
    await asyncio.to_thread(scratch.mkdir, parents=True, exist_ok=True, mode=0o700)
    folder = await asyncio.to_thread(tempfile.TemporaryDirectory, dir=scratch)
    try:
        file = Path(folder.name) / "table"
        await _receive(file, chunks)
        table = await read_table(file)
        async with runtime.database.transaction() as session:
            row = take_in.begin(
                session,
                account_id,
                kind=kind,
                filename=filename,
                headings=table.headings,
                user_id=user_id,
                now=clock.real_now(),
            )
            await session.flush()
        await _keep(runtime, row, table)
        return row.id
    finally:
        await asyncio.to_thread(folder.cleanup)


async def _receive(file: Path, chunks: AsyncIterator[bytes]) -> None:
    size = 0
    target = await asyncio.to_thread(file.open, "wb")
    try:
        async for chunk in chunks:
            size += len(chunk)
            if size > MAX_FILE_BYTES:
                raise TableRefusedError(TableProblem.TOO_LARGE)
            await asyncio.to_thread(target.write, chunk)
    finally:
        await asyncio.to_thread(target.close)


async def _keep(runtime: Runtime, row: DataImport, table: ReadTable) -> None:
    """Some lines a transaction: others write in between."""
    columns = Columns(len(table.headings))
    parts = table.parts(_AT_ONCE)
    while lines := await asyncio.to_thread(_next, parts, columns):
        async with runtime.database.transaction() as session:
            await take_in.add_lines(session, row, lines, runtime.vault)
        await asyncio.sleep(_PAUSE_SECONDS)
    async with runtime.database.transaction() as session:
        await take_in.end(session, await session.merge(row), columns, table.count)


def _next(parts: Iterator[list[Line]], columns: Columns) -> list[Line]:
    lines = next(parts, list[Line]())
    columns.see(lines)
    return lines
