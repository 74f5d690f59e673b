"""`bin/inbox import …`: tables from a command line (A3)."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import click

from inbox_app import clock
from inbox_app.cli.calendars import ical
from inbox_app.cli.operate import Answer, Id, account_option, operate
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.imports.dates import DateOrder
from inbox_app.domain.imports.mapping import MappingProblem, Missing
from inbox_app.domain.imports.tables import TableProblem, TableRefusedError
from inbox_app.models import Account, DataImport
from inbox_app.queries.imports.report import counts, refused_lines
from inbox_app.runtime import Runtime
from inbox_app.services.imports import steps, work
from inbox_app.services.imports.kinds import KINDS
from inbox_app.services.imports.steps import StepRefusedError
from inbox_app.storage import chunks_of
from inbox_app.workflows.take_in_table import take_in_table

_AT_ONCE = 200
_FILES = {
    TableProblem.EMPTY: "The file is empty.",
    TableProblem.TOO_LARGE: "The file is too large: at most 50 MB, and 400 MB unpacked.",
    TableProblem.TOO_MANY_LINES: "The file has too many lines: at most 250,000.",
    TableProblem.TOO_MANY_COLUMNS: "The file has too many columns: at most 200.",
    TableProblem.ENCRYPTED: "The file is protected by a password: save it without.",
    TableProblem.OLD_EXCEL: "This is Excel's old format: save it as XLSX or CSV.",
    TableProblem.NOT_A_TABLE: "This is neither CSV nor XLSX.",
    TableProblem.BROKEN: "The file is damaged: save it again, as XLSX or CSV.",
    TableProblem.NO_LINES: "The file has headings and nothing below them.",
}


@click.group("import")
def import_() -> None:
    """Tables, CSV or XLSX, and calendars."""


def _command(kind: str) -> click.Command:
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @account_option
    @click.option("--dry-run", is_flag=True, help="Say what would happen; nothing does.")
    @click.option("--map", "columns", multiple=True, metavar="HEADING=FIELD")
    @click.option("--set", "constants", multiple=True, metavar="FIELD=VALUE", help="For all lines.")
    @click.option("--dates", type=click.Choice([each.value for each in DateOrder]))
    @click.option("--without-refused", is_flag=True, help="Import the other lines all the same.")
    def command(
        file: Path,
        account_id: int,
        dry_run: bool,
        columns: tuple[str, ...],
        constants: tuple[str, ...],
        dates: str | None,
        without_refused: bool,
    ) -> Answer:
        path = file.resolve()

        async def do(runtime: Runtime) -> Answer:
            import_id = await _taken_in(runtime, account_id, kind, path)
            await _say(runtime, account_id, import_id, columns, constants, dates)
            await _work(runtime, account_id, import_id)
            if not dry_run:
                await _run(runtime, account_id, import_id, without_refused)
            return await _told(runtime, account_id, import_id, dry_run or without_refused)

        return operate(do)

    command.__doc__ = f"Import {kind} from FILE; columns are guessed from headings and contents."
    return click.command(kind)(command)


@import_.command("undo")
@click.argument("import_id", type=Id(), metavar="IMPORT-ID")
@account_option
def undo(import_id: int, account_id: int) -> Answer:
    """Take back what an import made and changed, but for what was changed since."""

    async def do(runtime: Runtime) -> Answer:
        try:
            async with runtime.database.transaction() as session:
                row = await steps.find(session, account_id, import_id)
                steps.undo(session, row, clock.real_now())
        except (NotFoundError, StepRefusedError):
            raise click.ClickException("There is no import of this id to undo.") from None
        await _work(runtime, account_id, import_id)
        async with runtime.database.reading() as session:
            done = await counts(session, account_id, import_id)
        return {"undone": done.undone, "kept": done.kept}

    return operate(do)


async def _taken_in(runtime: Runtime, account_id: int, kind: str, path: Path) -> int:
    async with runtime.database.reading() as session:
        if await session.get(Account, account_id) is None:
            raise click.ClickException("There is no such account.")
    chunks: AsyncIterator[bytes] = chunks_of(path)
    try:
        return await take_in_table(
            runtime, chunks, path.name, kind=kind, account_id=account_id, user_id=None
        )
    except TableRefusedError as refused:
        raise click.ClickException(_FILES[refused.problem]) from None


async def _say(
    runtime: Runtime,
    account_id: int,
    import_id: int,
    columns: tuple[str, ...],
    constants: tuple[str, ...],
    dates: str | None,
) -> None:
    """What the columns mean. Raises ``ClickException``."""
    async with runtime.database.transaction() as session:
        row = await steps.find(session, account_id, import_id)
        for pair in columns:
            _map(row, pair)
        for pair in constants:
            field, _, text = pair.partition("=")
            if not steps.say_for_all(row, field, text):
                raise click.ClickException(f"--set {pair}: no field that may hold this.")
        for each in steps.questions(row) if dates else ():
            steps.order_dates(row, each.column, DateOrder(dates))
        if open_questions := steps.questions(row):
            raise click.ClickException(_question(row, open_questions[0]))
        await steps.check(session, row, clock.real_now())


def _map(row: DataImport, pair: str) -> None:
    heading, _, field = pair.rpartition("=")
    fields = [each.name for each in KINDS[row.kind].fields]
    if heading not in row.headings:
        raise click.ClickException(f"No column has the heading “{heading}”.")
    if field not in {"", *fields}:
        raise click.ClickException(f"“{field}” is no field; there are {', '.join(fields)}.")
    steps.map_column(row, row.headings.index(heading), field)


def _question(row: DataImport, missing: Missing) -> str:
    if missing.problem is MappingProblem.NO_KEY:
        return f"No column tells which is which: name one of {', '.join(KINDS[row.kind].keys)}."
    heading = row.headings[missing.column]
    return (
        f"The dates of “{heading}” may have the day or the month first: "
        "say --dates day_first or --dates month_first."
    )


async def _work(runtime: Runtime, account_id: int, import_id: int) -> None:
    """The server may work on the same: whoever comes first does the next lines."""
    goes_on = True
    while goes_on:
        async with runtime.database.transaction() as session:
            goes_on = await work.advance(
                session,
                account_id,
                import_id,
                limit=_AT_ONCE,
                now=clock.real_now(),
                vault=runtime.vault,
            )
        await asyncio.sleep(0.02)


async def _run(runtime: Runtime, account_id: int, import_id: int, without_refused: bool) -> None:
    try:
        async with runtime.database.transaction() as session:
            row = await steps.find(session, account_id, import_id)
            steps.run(session, row, without_refused=without_refused, now=clock.real_now())
    except StepRefusedError as refused:
        if refused.problem is steps.StepProblem.REFUSED_LINES:
            click.echo("Nothing was imported: --without-refused imports the other lines.", err=True)
        return
    await _work(runtime, account_id, import_id)


async def _told(
    runtime: Runtime, account_id: int, import_id: int, refusals_are_well: bool
) -> Answer:
    async with runtime.database.reading() as session:
        done = await counts(session, account_id, import_id)
        refused = await refused_lines(session, account_id, import_id)
    told: Answer = {
        "import": str(import_id),
        "created": done.created,
        "updated": done.changed,
        "unchanged": done.unchanged,
        "refused": [{"line": each.line, "why": each.sentence} for each in refused],
        "columns": {heading: field for heading, field in done.columns.items() if field},
    }
    return told if refusals_are_well or not refused else {"ok": False} | told


for _kind in KINDS:
    import_.add_command(_command(_kind))
import_.add_command(ical)

COMMANDS = (import_,)
