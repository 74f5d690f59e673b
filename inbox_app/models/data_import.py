"""Tables that somebody imports: the file, its lines, and what a source's columns mean."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from inbox_app.domain.imports.states import ImportState, Outcome
from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    maybe_reference,
    reference,
    text_enum,
)

_JSON: Any = JSON()


class DataImport(Table, table=True):
    """One file on its way in. ``done`` is the number of the last line that the state's work has
    dealt with: whoever goes on, after a restart too, goes on there."""

    __table_args__ = (
        Index("imports_by_time", "account_id", "created_at", "id"),
        Index("imports_at_work", "state"),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    kind: str
    """The name of one of ``services.imports.kinds``."""
    filename: str
    state: ImportState = text_enum(ImportState)
    headings: list[str] = Field(default_factory=list, sa_type=_JSON)
    evidence: list[list[int]] = Field(default_factory=list, sa_type=_JSON)
    """Of each column, how many dates in it have the day first, the month first, or either."""
    mapping: dict[str, Any] = Field(default_factory=dict, sa_type=_JSON)
    """A ``TableMapping``."""
    lines: int = 0
    done: int = 0
    counted: int = 0
    """How many lines have been dealt with."""
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    undone: int = 0
    kept: int = 0
    without_refused: bool = False
    """Somebody asked for the other lines to go in."""
    created_by: int | None = maybe_reference("user.id", index=False)
    created_at: datetime = instant()
    ended_at: datetime | None = maybe_instant()


class DataImportLine(Table, table=True):
    """A line as it stands in the file, and what came of it."""

    __table_args__ = (
        Index("import_lines_by_outcome", "import_id", "outcome", "line"),
        Index("import_lines_by_identity", "import_id", "identity"),
        {"sqlite_with_rowid": False},
    )

    import_id: int = reference("data_import.id", primary_key=True, index=False)
    line: int = Field(primary_key=True)
    """Its number in the file, as a spreadsheet shows it."""
    account_id: int = account_reference()
    cells: str
    """JSON, encrypted where a column may hold a code."""
    outcome: Outcome | None = Field(default=None, sa_type=text_enum(Outcome).sa_type)
    identity: str | None = None
    """What it is about, in short: two lines about the same are one too many."""
    details: dict[str, Any] | None = Field(default=None, nullable=True, sa_type=_JSON)
    """Of a change its ``fields``, of a refusal ``why``, ``field`` and ``value``."""
    undo: dict[str, Any] | None = Field(default=None, nullable=True, sa_type=_JSON)
    """What it made and changed, so that this can be taken back."""


class ImportMapping(Table, table=True):
    """What the columns of a source's tables mean, as somebody said last."""

    __table_args__ = (UniqueConstraint("account_id", "kind", "fingerprint"),)

    id: int = key()
    account_id: int = account_reference(index=False)
    kind: str
    fingerprint: str
    """Of the headings."""
    mapping: dict[str, Any] = Field(default_factory=dict, sa_type=_JSON)
    updated_at: datetime = instant()
