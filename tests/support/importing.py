"""Tables taken in, checked, imported and undone, as the job and the pages do it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.imports.tables import Cell
from inbox_app.models import DataImport, DataImportLine
from inbox_app.services.imports import steps, take_in, work
from inbox_app.services.imports.take_in import Columns
from inbox_app.vault import Vault

VAULT = Vault("the key of this installation")
Table = Sequence[Sequence[Cell]]
"""The headings, then the lines."""
HOMES: Table = [
    ["Key", "Name", "Door code", "Check-in time"],
    ["blu", "Casa Blu", "2741#", "16:00"],
    ["sole", "Casa Sole", None, "3 pm"],
]
STAYS: Table = [
    ["Codice", "Alloggio", "Ospite", "Telefono", "Arrivo", "Partenza", "Totale", "Stato"],
    [
        "A1",
        "Casa Blu",
        "Zoë Lefèvre",
        "333 111 2233",
        "01/12/2026",
        "05/12/2026",
        "€ 1.250,50",
        "ok",
    ],
    [
        "A2",
        "blu",
        "Bob Stone",
        "+44 20 7946 0000",
        "13/12/2026",
        "15/12/2026",
        "€ 300",
        "annullata",
    ],
    ["A3", "Casa Sole", "Zoë Lefèvre", "+39 333 1112233", "20/12/2026", "22/12/2026", None, None],
]


class Importer:
    """One import of a company."""

    def __init__(self, database: Database, account_id: int, now: datetime) -> None:
        self.database, self.account_id, self.now = database, account_id, now
        self.id = 0

    async def take_in(self, kind: str, table: Table) -> "Importer":
        """The first line of the table has number 1."""
        headings = [str(cell or "") for cell in table[0]]
        lines = [(number, list(cells)) for number, cells in enumerate(table[1:], 2)]
        columns = Columns(len(headings))
        columns.see(lines)
        async with self.database.transaction() as session:
            row = take_in.begin(
                session,
                self.account_id,
                kind=kind,
                filename="table.csv",
                headings=headings,
                user_id=None,
                now=self.now,
            )
            await session.flush()
            self.id = row.id
            await take_in.add_lines(session, row, lines, VAULT)
            await take_in.end(session, row, columns, len(lines))
        return self

    async def row(self, session: AsyncSession) -> DataImport:
        return await steps.find(session, self.account_id, self.id)

    async def check(self) -> DataImport:
        async with self.database.transaction() as session:
            await steps.check(session, await self.row(session), self.now)
        return await self.work()

    async def run(self, *, without_refused: bool = False) -> DataImport:
        async with self.database.transaction() as session:
            row = await self.row(session)
            steps.run(session, row, without_refused=without_refused, now=self.now)
        return await self.work()

    async def undo(self) -> DataImport:
        async with self.database.transaction() as session:
            steps.undo(session, await self.row(session), self.now)
        return await self.work()

    async def part(self, limit: int = 3) -> bool:
        """A few lines more."""
        async with self.database.transaction() as session:
            return await work.advance(
                session, self.account_id, self.id, limit=limit, now=self.now, vault=VAULT
            )

    async def work(self) -> DataImport:
        while await self.part():
            pass
        async with self.database.transaction() as session:
            row = await self.row(session)
            session.expunge(row)
            return row

    async def told(self) -> list[tuple[int, Outcome | None, object]]:
        """Of each line its number, its outcome, and the fields or why."""
        query = select(DataImportLine).where(
            col(DataImportLine.account_id) == self.account_id,
            col(DataImportLine.import_id) == self.id,
        )
        async with self.database.reading() as session:
            lines = (await session.exec(query.order_by(col(DataImportLine.line)))).all()
        return [(each.line, each.outcome, _told(each.details)) for each in lines]

    async def all(self, kind: str, table: Table) -> DataImport:
        """Taken in, checked and imported."""
        await self.take_in(kind, table)
        await self.check()
        return await self.run()


def _told(details: dict[str, object] | None) -> object:
    if not details:
        return None
    return details["fields"] if "fields" in details else (details["why"], details["value"])


async def dump(database: Database) -> dict[str, list[str]]:
    """All rows but those of imports themselves, which tell of them, and what numbers ids."""
    aside = {"data_import", "data_import_line", "import_mapping", "audit_entry"}
    async with database.reading() as session:
        core = await session.connection()
        return {
            table.name: sorted([repr(tuple(row)) for row in await core.execute(table.select())])
            for table in SQLModel.metadata.sorted_tables
            if table.name not in aside
        }


async def rows(database: Database, table: Any, account_id: int) -> list[Any]:
    query = select(table).where(col(table.account_id) == account_id).order_by(col(table.id))
    async with database.reading() as session:
        return list(await session.exec(query))
