"""The lines of an import, some at a time: checked, written, taken back. What a line did and how far
the import is are one transaction, so that whoever is killed in between has done neither."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.imports.fields import LineProblem, LineRefusedError
from inbox_app.domain.imports.mapping import LineReader
from inbox_app.domain.imports.states import AT_WORK, ImportState, Outcome
from inbox_app.models import Account, DataImport, DataImportLine
from inbox_app.services.bulk import run_many
from inbox_app.services.imports.kind import Kind, Plan, Planned, Said, Setting
from inbox_app.services.imports.kinds import KINDS
from inbox_app.services.imports.steps import evidence_of, mapping_of
from inbox_app.services.imports.take_in import unpack
from inbox_app.vault import Vault

_ENDS = {
    ImportState.CHECKING: ImportState.CHECKED,
    ImportState.IMPORTING: ImportState.IMPORTED,
    ImportState.UNDOING: ImportState.UNDONE,
}


async def at_work(session: AsyncSession) -> list[tuple[int, int]]:
    """The ids of all imports that have something to do, with their accounts'; oldest first."""
    query = select(DataImport.id, DataImport.account_id).where(col(DataImport.state).in_(AT_WORK))
    return [
        (id_, account) for id_, account in await session.exec(query.order_by(col(DataImport.id)))
    ]


async def advance(
    session: AsyncSession,
    account_id: int,
    import_id: int,
    *,
    limit: int,
    now: datetime,
    vault: Vault,
) -> bool:
    """Deal with the next lines, at most `limit`; whether there is more to do."""
    row = await _ours(session, account_id, import_id)
    if row is None:
        return False
    lines = await _next_lines(session, row, limit)
    if not lines:
        row.state, row.ended_at = _ENDS[row.state], now
        return False
    setting = await _setting(session, row, now, vault)
    if row.state is ImportState.UNDOING:
        await _take_back(setting, row, lines)
    else:
        await _bring(setting, row, lines)
    row.done = lines[-1].line
    row.counted += len(lines)
    return True


async def pass_over(session: AsyncSession, account_id: int, import_id: int) -> None:
    """The next line cannot be dealt with, by a fault of ours: it is refused, or stays as it is."""
    row = await _ours(session, account_id, import_id)
    if row is None:
        return
    for line in await _next_lines(session, row, 1):
        undoing = row.state is ImportState.UNDOING
        line.outcome = Outcome.KEPT if undoing else Outcome.REFUSED
        line.details = {"why": LineProblem.FAILED.value, "field": "", "value": ""}
        row.done, row.counted = line.line, row.counted + 1
        row.kept += undoing
        row.refused += not undoing


async def _ours(session: AsyncSession, account_id: int, import_id: int) -> DataImport | None:
    """None when it has nothing to do any more."""
    query = select(DataImport).where(
        col(DataImport.account_id) == account_id,
        col(DataImport.id) == import_id,
        col(DataImport.state).in_(AT_WORK),
    )
    return (await session.exec(query.with_for_update())).one_or_none()


async def _next_lines(session: AsyncSession, row: DataImport, limit: int) -> list[DataImportLine]:
    """The last ones first, where it is undone: what others build upon goes after them."""
    line = col(DataImportLine.line)
    query = select(DataImportLine).where(
        col(DataImportLine.account_id) == row.account_id,
        col(DataImportLine.import_id) == row.id,
    )
    if row.state is ImportState.UNDOING:
        did = col(DataImportLine.outcome).in_([Outcome.NEW, Outcome.CHANGED])
        query = query.where(did, line < row.done).order_by(line.desc())
    else:
        query = query.where(line > row.done).order_by(line)
    if row.state is ImportState.IMPORTING:
        query = query.where(col(DataImportLine.outcome) != Outcome.REFUSED)
    return list(await session.exec(query.limit(limit)))


async def _setting(session: AsyncSession, row: DataImport, now: datetime, vault: Vault) -> Setting:
    account = await session.get_one(Account, row.account_id)
    return Setting(session, account.id, account.country, account.timezone, vault, now)


async def _bring(setting: Setting, row: DataImport, lines: Sequence[DataImportLine]) -> None:
    kind, reader = KINDS[row.kind], _reader(row)
    read = [_read(kind, reader, line, setting.vault) for line in lines]
    identities = [_identity(kind, each) for each in read]
    earlier = await _earlier(setting, row, lines, identities)
    planned = await _planned(kind, setting, read, earlier)
    done: dict[int, dict[str, Any]] = {}
    if row.state is ImportState.IMPORTING:
        done = await _written(kind, setting, planned)
    rows = [
        {
            "b_line": line.line,
            "identity": identity or None,
            "outcome": _outcome(plan),
            "details": _details(plan),
            "undo": done.get(at),
        }
        for at, (line, plan, identity) in enumerate(zip(lines, planned, identities, strict=True))
    ]
    await _note(setting, row, rows)
    _count(row, [_outcome(plan) for plan in planned])


def _reader(row: DataImport) -> LineReader:
    return LineReader(mapping_of(row), KINDS[row.kind].fields, evidence_of(row))


def _read(
    kind: Kind, reader: LineReader, line: DataImportLine, vault: Vault
) -> Said | LineRefusedError:
    try:
        return reader.read(unpack(line.cells, vault if kind.holds_codes else None))
    except LineRefusedError as refused:
        return refused


def _identity(kind: Kind, said: Said | LineRefusedError) -> str:
    return "" if isinstance(said, LineRefusedError) else kind.identity(said)[:300]


async def _earlier(
    setting: Setting, row: DataImport, lines: Sequence[DataImportLine], identities: Sequence[str]
) -> list[int | None]:
    """For each line, an earlier one that is about the same."""
    query = select(DataImportLine.identity, DataImportLine.line).where(
        col(DataImportLine.account_id) == setting.account_id,
        col(DataImportLine.import_id) == row.id,
        col(DataImportLine.identity).in_({each for each in identities if each}),
        col(DataImportLine.line) < lines[0].line,
    )
    found_first = await setting.session.exec(query.order_by(col(DataImportLine.line).desc()))
    first = dict(found_first.all())
    found: list[int | None] = []
    for line, identity in zip(lines, identities, strict=True):
        found.append(first.get(identity) if identity else None)
        first.setdefault(identity, line.line)
    return found


async def _planned(
    kind: Kind,
    setting: Setting,
    read: Sequence[Said | LineRefusedError],
    earlier: Sequence[int | None],
) -> list[Planned]:
    refused: dict[int, LineRefusedError] = {}
    said: list[Said] = []
    for at, (each, before) in enumerate(zip(read, earlier, strict=True)):
        if isinstance(each, LineRefusedError):
            refused[at] = each
        elif before is not None:
            refused[at] = LineRefusedError(LineProblem.REPEATED, "", str(before))
        else:
            said.append(each)
    plans = iter(await kind.plan(setting, said) if said else [])
    return [refused[at] if at in refused else next(plans) for at in range(len(read))]


async def _written(
    kind: Kind, setting: Setting, planned: Sequence[Planned]
) -> dict[int, dict[str, Any]]:
    """What each has done, by its place."""
    doing = {
        at: plan
        for at, plan in enumerate(planned)
        if isinstance(plan, Plan) and plan.outcome in {Outcome.NEW, Outcome.CHANGED}
    }
    if not doing:
        return {}
    done = await kind.write(setting, [*doing.values()])
    return dict(zip(doing, done, strict=True))


def _outcome(plan: Planned) -> Outcome:
    return plan.outcome if isinstance(plan, Plan) else Outcome.REFUSED


def _details(plan: Planned) -> dict[str, Any] | None:
    if isinstance(plan, LineRefusedError):
        return {"why": plan.why.value, "field": plan.field, "value": plan.value}
    return {"fields": plan.fields} if plan.fields else None


async def _take_back(setting: Setting, row: DataImport, lines: Sequence[DataImportLine]) -> None:
    taken = await KINDS[row.kind].take_back(setting, [line.undo or {} for line in lines])
    rows = [
        {
            "b_line": line.line,
            "identity": line.identity,
            "outcome": Outcome.KEPT if back.kept else Outcome.UNDONE,
            "details": {"fields": back.kept} if back.kept else None,
            "undo": None,
        }
        for line, back in zip(lines, taken, strict=True)
    ]
    await _note(setting, row, rows)
    row.undone += sum(not back.kept for back in taken)
    row.kept += sum(bool(back.kept) for back in taken)


async def _note(setting: Setting, row: DataImport, rows: Sequence[dict[str, Any]]) -> None:
    statement = (
        update(DataImportLine)
        .where(
            col(DataImportLine.import_id) == row.id,
            col(DataImportLine.account_id) == setting.account_id,
            col(DataImportLine.line) == bindparam("b_line"),
        )
        .values({name: bindparam(name) for name in ("identity", "outcome", "details", "undo")})
    )
    await run_many(await setting.session.connection(), statement, rows)


def _count(row: DataImport, outcomes: Sequence[Outcome]) -> None:
    row.created += outcomes.count(Outcome.NEW)
    row.changed += outcomes.count(Outcome.CHANGED)
    row.unchanged += outcomes.count(Outcome.UNCHANGED)
    row.refused += outcomes.count(Outcome.REFUSED)
