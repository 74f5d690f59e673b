"""Finding and writing many rows at once, on SQLite and PostgreSQL alike."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Insert, Row, Select, UpdateBase
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped
from sqlmodel import SQLModel

MAX_IN_A_LIST = 10_000
"""SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535."""

Values = Mapping[str, Any]
Upsert = postgresql.Insert | sqlite.Insert


async def select_in(
    connection: AsyncConnection,
    query: Select[*tuple[Any, ...]],
    column: Mapped[Any],
    values: Collection[Any],
) -> list[Row[Any]]:
    """The rows of ``query`` whose ``column`` is among ``values``, however many these are."""
    wanted = sorted(values)
    found: list[Row[Any]] = []
    for start in range(0, len(wanted), MAX_IN_A_LIST):
        part = wanted[start : start + MAX_IN_A_LIST]
        found.extend(await connection.execute(query.where(column.in_(part))))
    return found


async def insert_new(
    connection: AsyncConnection,
    table: type[SQLModel],
    rows: Sequence[Values],
    *returning: Mapped[Any],
) -> list[Row[Any]]:
    """Write the rows that break no uniqueness; returns these, in no particular order."""
    statement = upsert(connection, table).on_conflict_do_nothing()
    return await write_all(connection, statement, rows, *returning)


async def write_all(
    connection: AsyncConnection, statement: Upsert, rows: Sequence[Values], *returning: Mapped[Any]
) -> list[Row[Any]]:
    """Insert the rows, a thousand to a statement: without a ``RETURNING`` it would be one each."""
    if not rows:
        return []
    asking = cast("Insert", statement.returning(*returning))
    return list(await connection.execute(asking, _without_empty_columns(rows)))


def _without_empty_columns(rows: Sequence[Values]) -> list[Values]:
    """Every parameter costs time, and most columns of most messages are empty."""
    used = {name for row in rows for name, value in row.items() if value is not None}
    return [{name: row[name] for name in row if name in used} for row in rows]


def upsert(connection: AsyncConnection, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An insert that may say what to do on conflict."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


async def run_many(
    connection: AsyncConnection, statement: UpdateBase, rows: Sequence[Values]
) -> int:
    """The statement once for each of ``rows``; returns how many rows of the table it met."""
    if not rows:
        return 0
    return (await connection.execute(statement, rows)).rowcount
