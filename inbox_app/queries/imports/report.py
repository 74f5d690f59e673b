"""How an import went: its counts, and which lines were refused and why (A3)."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.imports.fields import LineProblem
from inbox_app.domain.imports.states import Outcome
from inbox_app.models import DataImport, DataImportLine


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the lines; `columns` has the field of each heading, "" for none."""

    created: int
    changed: int
    unchanged: int
    refused: int
    undone: int
    kept: int
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that does not go in; `cells` as they stand in the row."""

    line: int
    why: str
    field: str
    value: str
    cells: str

    @property
    def sentence(self) -> str:
        """For machines and logs, in English."""
        return _SENTENCES[LineProblem(self.why)].format(field=self.field, value=self.value)


async def counts(session: AsyncSession, account_id: int, import_id: int) -> Counts:
    """Of one that is there."""
    query = select(DataImport).where(
        col(DataImport.account_id) == account_id, col(DataImport.id) == import_id
    )
    row = (await session.exec(query)).one()
    fields: list[str] = row.mapping.get("fields", [])
    return Counts(
        row.created,
        row.changed,
        row.unchanged,
        row.refused,
        row.undone,
        row.kept,
        dict(zip(row.headings, fields, strict=False)),
    )


async def refused_lines(
    session: AsyncSession, account_id: int, import_id: int, *, after: int = 0, limit: int = 250_000
) -> list[Refusal]:
    """In their order."""
    query = (
        select(DataImportLine)
        .where(
            col(DataImportLine.account_id) == account_id,
            col(DataImportLine.import_id) == import_id,
            col(DataImportLine.outcome) == Outcome.REFUSED,
            col(DataImportLine.line) > after,
        )
        .order_by(col(DataImportLine.line))
        .limit(limit)
    )
    return [_refusal(line) for line in await session.exec(query)]


def _refusal(line: DataImportLine) -> Refusal:
    told = line.details or {}
    return Refusal(line.line, told["why"], told["field"], told["value"], line.cells)


_SENTENCES = {
    LineProblem.MISSING: "{field} is missing",
    LineProblem.BAD_DATE: "{field}: “{value}” is no date",
    LineProblem.BAD_TIME: "{field}: “{value}” is no time of day",
    LineProblem.BAD_COUNT: "{field}: “{value}” is no number of people",
    LineProblem.BAD_MONEY: "{field}: “{value}” is no amount",
    LineProblem.BAD_CURRENCY: "{field}: “{value}” is no single ISO 4217 currency",
    LineProblem.BAD_STATUS: "{field}: “{value}” is no known status",
    LineProblem.BAD_ACTOR_KIND: "{field}: “{value}” is neither guest, owner nor supplier",
    LineProblem.BAD_TASK_KIND: "{field}: “{value}” is no known kind of task",
    LineProblem.BAD_LANGUAGE: "{field}: “{value}” is no language",
    LineProblem.BAD_COUNTRY: "{field}: “{value}” is no country",
    LineProblem.BAD_TIME_ZONE: "{field}: “{value}” is no IANA time zone",
    LineProblem.BAD_EMAIL: "{field}: “{value}” is no e-mail address",
    LineProblem.BAD_WEB_ADDRESS: "{field}: “{value}” is no http or https address",
    LineProblem.TOO_LONG: "{field} is too long",
    LineProblem.NO_NIGHT: "check_out is not after check_in",
    LineProblem.NO_CURRENCY: "{field} needs a currency",
    LineProblem.UNKNOWN_ACCOMMODATION: (
        "no accommodation has the key or the name “{value}”: import it first"
    ),
    LineProblem.UNKNOWN_RESERVATION: (
        "no reservation has the key or the code “{value}”: import it first"
    ),
    LineProblem.UNKNOWN_SUPPLIER: (
        "no supplier has the key or the name “{value}”: import or add them first"
    ),
    LineProblem.NO_SUPPLIER: (
        "“{value}” is on file, but not as a supplier: correct the actor or the line"
    ),
    LineProblem.SEVERAL_SUPPLIERS: (
        "several suppliers are called “{value}”: write the key of one, or merge or rename them"
    ),
    LineProblem.UNKNOWN_GUEST: "no actor has the key “{value}”: import or add them first",
    LineProblem.SEVERAL: "{field}: several on file may be meant by “{value}”: write the key",
    LineProblem.REPEATED: "line {value} is about the same",
    LineProblem.FAILED: "it could not be dealt with; the log says why",
}
