"""A full database of an old release goes through the migrations with nothing lost.

`support/old_release.py` says what is in it; that it works afterwards is `test_release_works.py`.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Column, Connection, FromClause, Select, Table, select, text

from inbox_app.database import Database
from inbox_app.operating.migrations import is_current
from inbox_app.vault import Vault
from tests.support import old_release


class Now(NamedTuple):
    """Where the rows of a table of then are.

    `joined` are pairs of «table.column» that lead from `table` to others which took some of its
    columns. `columns` says by column of then which «table.column» it is now; one that is not named
    is the first of its name, in `table` or in those joined, in their order.
    """

    table: str
    joined: tuple[tuple[str, str], ...] = ()
    columns: Mapping[str, str] = {}


MOVED: Mapping[str, Now] = {
    "connection": Now(
        "connection",
        (("connection.id", "whatsapp_number.connection_id"),),
        {
            "phone_number_id": "connection.external_id",
            "display_phone_number": "connection.display_address",
            "verified_name": "connection.display_name",
            "token_encrypted": "connection.credentials_encrypted",
            "last_webhook_at": "connection.last_event_at",
        },
    ),
    "customer_window": Now(
        "last_inbound",
        (("last_inbound.connection_id", "connection.id"),),
        {"phone_number_id": "connection.external_id"},
    ),
    "idempotent_answer": Now("idempotent_answer", (), {"body": "idempotent_answer.body_encrypted"}),
    "address": Now("address", (), {"wa_id": "address.value", "user_id": "address.external_id"}),
    "webhook_event": Now(
        "inbound_event", (), {"unknown_phone_number_id": "inbound_event.unknown_endpoint"}
    ),
}
"""By table of then; one that is not named is where it was, with all its columns."""

ENCRYPTED = {"idempotent_answer.body"}
"""«table.column» of then that could be read without the installation's key."""

DROPPED: Mapping[str, str] = {}
"""«table.column» of then that is nowhere any more, and why nothing is lost by it."""


def test_every_column_is_somewhere_or_was_dropped_for_a_reason(
    release: Path, upgraded_url: str
) -> None:
    then, today = _tables(f"sqlite:///{release}"), _tables(upgraded_url)
    columns = {f"{name}.{key}" for name, table in then.items() for key in table.columns.keys()}  # noqa: SIM118

    assert {column for column in columns if _now(today, column) is None} == set(DROPPED)
    assert all(DROPPED.values())


def test_the_list_of_what_has_moved_names_what_there_was(release: Path) -> None:
    then = _tables(f"sqlite:///{release}")
    unknown = [
        f"{name}.{key}"
        for name, now in MOVED.items()
        for key in now.columns
        if name not in then or key not in then[name].columns
    ]
    assert unknown == []


def test_every_row_is_there_with_all_its_values(release: Path, upgraded_url: str) -> None:
    then, today = _tables(f"sqlite:///{release}"), _tables(upgraded_url)
    with (
        old_release.reading(f"sqlite:///{release}") as old,
        old_release.reading(upgraded_url) as new,
    ):
        wrong = {name: _differences(old, new, table, today) for name, table in then.items()}

    assert {name: rows for name, rows in wrong.items() if rows} == {}


def test_every_reference_leads_to_a_row(upgraded_url: str) -> None:
    broken = (
        "PRAGMA foreign_key_check"
        if upgraded_url.startswith("sqlite")
        else "SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
    )
    with old_release.reading(upgraded_url) as connection:
        assert connection.execute(text(broken)).all() == []


@pytest.mark.anyio
async def test_the_tables_are_those_of_this_version(upgraded: Database) -> None:
    assert await is_current(upgraded)


def _tables(url: str) -> dict[str, Table]:
    with old_release.reading(url) as connection:
        tables = old_release.reflected(connection).tables
    return {name: table for name, table in tables.items() if name not in _BESIDE}


_BESIDE = {"alembic_version", "sqlite_stat1", "sqlite_stat4"}


def _now(today: Mapping[str, Table], old: str) -> Column[Any] | None:
    """Where «table.column» of then is; None for nowhere."""
    table, _, name = old.partition(".")
    now = MOVED.get(table, Now(table))
    tables = [now.table, *(end.partition(".")[0] for _, end in now.joined)]
    places = [now.columns.get(name, f"{each}.{name}") for each in tables]
    found = (_named(today, place) for place in places)
    return next((column for column in found if column is not None), None)


def _named(today: Mapping[str, Table], place: str) -> Column[Any] | None:
    table, _, name = place.partition(".")
    return today[table].columns.get(name) if table in today else None


def _selected(today: Mapping[str, Table], table: str, names: Sequence[str]) -> Select[Any]:
    """Columns of a table of then, from the tables of today."""
    now = MOVED.get(table, Now(table))
    tables: FromClause = today[now.table]
    for start, end in now.joined:
        left, right = _named(today, start), _named(today, end)
        assert left is not None, start
        assert right is not None, end
        tables = tables.outerjoin(right.table, left == right)
    columns = (_now(today, f"{table}.{name}") for name in names)
    return select(*(column for column in columns if column is not None)).select_from(tables)


def _differences(
    old: Connection, new: Connection, table: Table, today: Mapping[str, Table]
) -> list[tuple[str, int, Any]]:
    """How many rows are lost or new, with one of each."""
    kept = [column for column in table.columns if f"{table.name}.{column.name}" not in DROPPED]
    were = _counted(old.execute(select(*kept)))
    names = [column.name for column in kept]
    encrypted = {names.index(name) for name in names if f"{table.name}.{name}" in ENCRYPTED}
    rows_now = new.execute(_selected(today, table.name, names))
    are = _counted(_opened(row, encrypted) for row in rows_now)
    assert were, f"{table.name} was empty"
    return [
        (word, rows.total(), next(iter(rows)))
        for word, rows in (("lost", were - are), ("new", are - were))
        if rows
    ]


def _opened(row: Sequence[Any], encrypted: Container[int]) -> list[Any]:
    vault = Vault(old_release.SECRET_KEY)
    return [
        vault.decrypt(cell) if cell and at in encrypted else cell for at, cell in enumerate(row)
    ]


def _counted(rows: Iterable[Sequence[Any]]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(map(old_release.plain, row)) for row in rows)
