"""What a person, or a command, has an import do next (A3)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.imports.columns import fingerprint
from inbox_app.domain.imports.dates import DateOrder, Evidence
from inbox_app.domain.imports.fields import LineRefusedError
from inbox_app.domain.imports.mapping import Missing, TableMapping, open_questions
from inbox_app.domain.imports.states import AT_WORK, ImportState
from inbox_app.domain.imports.values import read_value
from inbox_app.models import AuditEntry, DataImport, ImportMapping
from inbox_app.services.imports.kind import Kind
from inbox_app.services.imports.kinds import KINDS

_BEFORE = (ImportState.MAPPING, ImportState.CHECKED)


class StepProblem(StrEnum):
    """Why an import does not go on as was asked."""

    NOT_NOW = "not_now"
    """It has gone on meanwhile."""
    QUESTIONS = "questions"
    """Something about its columns is still open."""
    REFUSED_LINES = "refused_lines"
    """Nobody has said that it may go in without them."""
    NOTHING = "nothing"
    """No line would change anything."""


class StepRefusedError(Exception):
    """Not so: ``problem`` says why."""

    def __init__(self, problem: StepProblem) -> None:
        super().__init__(problem)
        self.problem = problem


async def find(session: AsyncSession, account_id: int, import_id: int) -> DataImport:
    """The account's, ours alone until the commit. Raises ``NotFoundError``."""
    query = select(DataImport).where(
        col(DataImport.account_id) == account_id, col(DataImport.id) == import_id
    )
    row = (await session.exec(query.with_for_update())).one_or_none()
    if row is None:
        raise NotFoundError
    return row


def questions(row: DataImport) -> list[Missing]:
    """What has to be said before its lines can be read."""
    kind = KINDS[row.kind]
    return open_questions(mapping_of(row), kind.fields, kind.keys, evidence_of(row))


def mapping_of(row: DataImport) -> TableMapping:
    return TableMapping.from_json(row.mapping)


def evidence_of(row: DataImport) -> list[Evidence]:
    return [Evidence(*counts) for counts in row.evidence]


def map_column(row: DataImport, column: int, field: str) -> None:
    """The column is this field from now on, "" for none; what was it before is none, unless the
    field takes many. Passes over what is neither."""
    mapping, kind = mapping_of(row), KINDS[row.kind]
    known = {each.name: each for each in kind.fields}
    if (
        row.state not in _BEFORE
        or not 0 <= column < len(mapping.fields)
        or field not in {"", *known}
    ):
        return
    alone = field != "" and not known[field].many
    fields = ["" if alone and each == field else each for each in mapping.fields]
    fields[column] = field
    _set(row, replace(mapping, fields=tuple(fields)))


def order_dates(row: DataImport, column: int, order: DateOrder) -> None:
    """Somebody said how the dates of the column stand."""
    mapping = mapping_of(row)
    if row.state in _BEFORE and 0 <= column < len(mapping.fields):
        _set(row, replace(mapping, orders={**mapping.orders, column: order}))


def say_for_all(row: DataImport, field: str, text: str) -> bool:
    """What every line says that says nothing of the field; False when the field cannot hold it."""
    mapping, kind = mapping_of(row), KINDS[row.kind]
    if row.state not in _BEFORE or field not in kind.constants:
        return False
    constants = {name: said for name, said in mapping.constants.items() if name != field}
    if text and not _can_hold(kind, field, text):
        return False
    _set(row, replace(mapping, constants=constants | ({field: text} if text else {})))
    return True


def map_again(row: DataImport) -> None:
    """What its columns mean is open again, after it was checked."""
    if row.state is ImportState.CHECKED:
        row.state = ImportState.MAPPING


async def check(session: AsyncSession, row: DataImport, now: datetime) -> None:
    """Have its lines checked; what the columns mean is remembered for its source. Raises
    ``StepRefusedError``."""
    _require(row, _BEFORE)
    if questions(row):
        raise StepRefusedError(StepProblem.QUESTIONS)
    await _remember(session, row, now)
    _start(row, ImportState.CHECKING)
    row.created = row.changed = row.unchanged = row.refused = 0


def run(session: AsyncSession, row: DataImport, *, without_refused: bool, now: datetime) -> None:
    """Have what was checked go in. Raises ``StepRefusedError``."""
    _require(row, (ImportState.CHECKED,))
    if row.refused and not without_refused:
        raise StepRefusedError(StepProblem.REFUSED_LINES)
    if not row.created + row.changed:
        raise StepRefusedError(StepProblem.NOTHING)
    _start(row, ImportState.IMPORTING)
    row.counted = row.refused
    row.created = row.changed = row.unchanged = 0
    row.without_refused = without_refused
    _note(session, row, "import.started", now)


def undo(session: AsyncSession, row: DataImport, now: datetime) -> None:
    """Have all that it did be taken back. Raises ``StepRefusedError``."""
    _require(row, (ImportState.IMPORTED,))
    _start(row, ImportState.UNDOING)
    row.undone = row.kept = 0
    row.done = 2**31 - 1
    _note(session, row, "import.undone", now)


async def forget(session: AsyncSession, row: DataImport) -> None:
    """Away with it and its lines; what it brought stays. Raises ``StepRefusedError``."""
    if row.state in AT_WORK:
        raise StepRefusedError(StepProblem.NOT_NOW)
    await session.delete(row)


def _set(row: DataImport, mapping: TableMapping) -> None:
    row.mapping, row.state = mapping.as_json(), ImportState.MAPPING


def _require(row: DataImport, states: Iterable[ImportState]) -> None:
    if row.state not in states:
        raise StepRefusedError(StepProblem.NOT_NOW)


def _start(row: DataImport, state: ImportState) -> None:
    row.state, row.done, row.counted, row.ended_at = state, 0, 0, None


def _can_hold(kind: Kind, field: str, text: str) -> bool:
    try:
        read_value(next(each for each in kind.fields if each.name == field), text)
    except LineRefusedError:
        return False
    return True


async def _remember(session: AsyncSession, row: DataImport, now: datetime) -> None:
    told = fingerprint(row.headings)
    query = select(ImportMapping).where(
        col(ImportMapping.account_id) == row.account_id,
        col(ImportMapping.kind) == row.kind,
        col(ImportMapping.fingerprint) == told,
    )
    kept = (await session.exec(query)).one_or_none() or ImportMapping(
        account_id=row.account_id, kind=row.kind, fingerprint=told, updated_at=now
    )
    kept.mapping, kept.updated_at = row.mapping, now
    session.add(kept)


def _note(session: AsyncSession, row: DataImport, what: str, now: datetime) -> None:
    details = {"import": row.id, "kind": row.kind, "by": "page" if row.created_by else "command"}
    session.add(
        AuditEntry(
            account_id=row.account_id, at=now, user_id=row.created_by, what=what, details=details
        )
    )
