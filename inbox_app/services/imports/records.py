"""Rows as values, set by set: read, written, told as JSON to see whether somebody changed them
since, and to put them back. A row at a time would cost an import of 100,000 lines minutes."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlmodel import SQLModel

from inbox_app.services.bulk import run_many, upsert, write_all
from inbox_app.services.imports.kind import Setting

_NOT_TOLD = {"id", "account_id", "created_at", "sort_name", "code_key", "portal_key"}

Values = Mapping[str, Any]


async def load(setting: Setting, table: type[SQLModel], *which: ColumnElement[bool]) -> list[Any]:
    """The company's rows."""
    columns = _columns(table)
    query = select(*columns).where(columns.account_id == setting.account_id, *which)
    return list[Any](await (await setting.session.connection()).execute(query))


async def insert(
    setting: Setting, table: type[SQLModel], rows: Sequence[Values], *known_by: str
) -> list[int]:
    """Write the rows; the id of each. Two that are the same in `known_by` are the same."""
    if not rows:
        return []
    connection = await setting.session.connection()
    columns = [_columns(table)[name] for name in ("id", *known_by)]
    ids: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for id_, *key in await write_all(connection, upsert(connection, table), rows, *columns):
        ids[tuple(key)].append(id_)
    return [ids[tuple(row[name] for name in known_by)].pop() for row in rows]


async def write(setting: Setting, table: type[SQLModel], changes: Mapping[int, Values]) -> None:
    """By id, the columns that become others."""
    alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for id_, columns in changes.items():
        if columns:
            alike[tuple(sorted(columns))].append({"b_id": id_, **columns})
    where = _columns(table)
    for names, rows in alike.items():
        statement = (
            update(table)
            .where(where.account_id == setting.account_id, where.id == bindparam("b_id"))
            .values({name: bindparam(name) for name in names})
        )
        await run_many(await setting.session.connection(), statement, rows)


async def remove(setting: Setting, table: type[SQLModel], ids: Collection[int]) -> None:
    """Away with these of the company's rows."""
    columns = _columns(table)
    which = (columns.account_id == setting.account_id, columns.id.in_(ids))
    if ids:
        await (await setting.session.connection()).execute(delete(table).where(*which))


def blank(setting: Setting, table: type[SQLModel]) -> dict[str, Any]:
    """The values of a new row that says nothing yet, but for its id."""
    defaults = {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in table.model_fields.items()
        if name != "id"
    }
    return defaults | {"account_id": setting.account_id, "created_at": setting.now}


def stored(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """These columns of a row, as JSON keeps them."""
    return {name: _plain(getattr(row, name)) for name in names}


def told(columns: Values) -> dict[str, Any]:
    return {name: _plain(value) for name, value in columns.items()}


def digest(table: type[SQLModel], row: Any, *others: Any, without: Collection[str] = ()) -> str:
    """The same as long as nobody changes the row, or what else is given of it. A row is one of the
    table's, or the values of a new one."""
    names = sorted(table.model_fields.keys() - _NOT_TOLD - set(without))
    new = isinstance(row, Mapping)
    values = [_plain(row.get(name) if new else getattr(row, name)) for name in names]  # pyright: ignore[reportUnknownMemberType]
    content = json.dumps([values, *others], sort_keys=True).encode()
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def differing(row: Any, columns: Values) -> list[str]:
    """The columns that are others in the row."""
    return [name for name, value in columns.items() if getattr(row, name) != value]


def back(
    table: type[SQLModel], row: Any, before: Values, after: Values
) -> tuple[dict[str, Any], list[str]]:
    """The columns as they were before, and those that stay, because they are not any more what
    they were after."""
    changed: dict[str, Any] = {}
    kept: list[str] = []
    for name, value in before.items():
        if _plain(getattr(row, name)) == after.get(name):
            changed[name] = _typed(table, name, value)
        else:
            kept.append(name)
    return changed, kept


def _columns(table: type[SQLModel]) -> Any:
    return table.__table__.c  # type: ignore[attr-defined]


def _plain(value: Any) -> Any:
    if value is None or type(value) in {str, int}:
        return value
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case Enum():
            return value.value
        case _:
            return value


def _typed(table: type[SQLModel], name: str, value: Any) -> Any:
    if value is None:
        return None
    kind = _columns(table)[name].type.python_type
    if kind in {date, datetime}:
        return kind.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value
