"""Rows about imports, as the screens get them."""

from typing import TypedDict


class ImportRow(TypedDict):
    """One in the list of all; `at` is epoch milliseconds."""

    id: str
    kind: str
    filename: str
    state: str
    at: int
    created: int
    changed: int
    refused: int
    undone: int


class ImportView(TypedDict):
    """The one that is open. `asks` is what has to be said first, "" for nothing; `constant` a field
    that may be said for all lines, and `said` what was."""

    id: str
    kind: str
    filename: str
    state: str
    lines: int
    counted: int
    created: int
    changed: int
    unchanged: int
    refused: int
    undone: int
    kept: int
    asks: str
    constant: str
    said: str


class ColumnRow(TypedDict):
    """A column with some of what stands in it. `asks`: whether its dates need an order; `order` is
    the one that was said."""

    column: str
    heading: str
    examples: str
    field: str
    asks: bool
    order: str


class LineRow(TypedDict):
    """A line of one outcome: of a change its fields, of a refusal why, in which field, by what."""

    line: int
    preview: str
    fields: list[str]
    why: str
    field: str
    value: str


NO_IMPORT = ImportView(
    id="", kind="", filename="", state="", lines=0, counted=0, created=0, changed=0, unchanged=0,
    refused=0, undone=0, kept=0, asks="", constant="", said="",
)  # fmt: skip
