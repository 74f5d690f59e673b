"""Which column is which field, in which order its dates stand, and what holds for all lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from inbox_app.domain.imports.dates import DateOrder, Evidence
from inbox_app.domain.imports.fields import Field
from inbox_app.domain.imports.tables import Cell
from inbox_app.domain.imports.values import read_value


@dataclass(frozen=True, slots=True)
class TableMapping:
    """`fields` has a name for each column, "" for one that is left out."""

    fields: tuple[str, ...]
    orders: Mapping[int, DateOrder] = field(default_factory=dict[int, DateOrder])
    """By column, where somebody was asked."""
    constants: Mapping[str, str] = field(default_factory=dict[str, str])
    """By field: for every line that says nothing of it."""

    def as_json(self) -> dict[str, Any]:
        return {
            "fields": list(self.fields),
            "orders": {str(column): order.value for column, order in self.orders.items()},
            "constants": dict(self.constants),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "TableMapping":
        return cls(
            tuple(kept.get("fields", ())),
            {int(column): DateOrder(order) for column, order in kept.get("orders", {}).items()},
            dict(kept.get("constants", {})),
        )


class MappingProblem(StrEnum):
    """Why a table cannot be checked yet."""

    NO_KEY = "no_key"
    """No column tells which record a line is about."""
    ASK_ORDER = "ask_order"
    """The dates of a column do not tell whether the day or the month comes first."""


@dataclass(frozen=True, slots=True)
class Missing:
    problem: MappingProblem
    column: int = -1


def open_questions(
    mapping: TableMapping,
    fields: Sequence[Field],
    keys: Sequence[str],
    found: Sequence[Evidence],
) -> list[Missing]:
    """What has to be said before the lines can be read. `keys` are fields of which one at least
    is needed."""
    given = set(mapping.fields)
    missing = [] if given & set(keys) else [Missing(MappingProblem.NO_KEY)]
    dates = {each.name for each in fields if each.holds.needs_order}
    return missing + [
        Missing(MappingProblem.ASK_ORDER, column)
        for column, name in enumerate(mapping.fields)
        if name in dates and found[column].must_ask and column not in mapping.orders
    ]


class LineReader:
    """Reads the lines of one table."""

    def __init__(
        self, mapping: TableMapping, fields: Sequence[Field], found: Sequence[Evidence]
    ) -> None:
        by_name = {each.name: each for each in fields}
        self._columns = [
            (column, by_name[name], mapping.orders.get(column) or found[column].order)
            for column, name in enumerate(mapping.fields)
            if name in by_name
        ]
        self._constants = {
            name: read_value(by_name[name], text)
            for name, text in mapping.constants.items()
            if name in by_name
        }

    def read(self, cells: Sequence[Cell]) -> dict[str, Any]:
        """What the line says, by field; nothing is said by an empty cell. Raises
        ``LineRefusedError``."""
        said: dict[str, Any] = {}
        for column, each, order in self._columns:
            value = read_value(each, cells[column], order)
            if value is None:
                continue
            said[each.name] = _together(said.get(each.name), value) if each.many else value
        return self._constants | said


def _together(before: Any, value: Any) -> Any:
    if isinstance(value, list):
        return [*(before or []), *value]
    return f"{before} {value}" if before else value
