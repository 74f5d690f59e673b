"""`bin/inbox doctor`, `backup`, `restore`, `sandbox …`: the installation as a whole."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import click

from inbox_app.cli.operate import Answer, at_home, operate
from inbox_app.operating import backup
from inbox_app.operating.doctor.examine import examine as look_at_all
from inbox_app.operating.migrations import migrate_installation
from inbox_app.runtime import Runtime
from inbox_app.sandbox.phone import sandbox_clock

_MOVE = re.compile(r"\+(\d{1,5})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@click.command("doctor")
def examine() -> Answer:
    """Say what is wrong with the set-up and how to mend it; exit code 1 when something is."""
    found = asyncio.run(look_at_all(at_home))
    for finding in found.wrong:
        click.echo(f"✗ {finding.what} {finding.mend}", err=True)
    for finding in found.notes:
        click.echo(f"· {finding.what} {finding.mend}", err=True)
    click.echo("Something is wrong." if found.wrong else "All is well.", err=True)
    return found.as_json()


@click.command("backup")
@click.argument("file", type=click.Path(resolve_path=True, path_type=Path))
def back_up(file: Path) -> Answer:
    """Copy the SQLite database into a new FILE, also while the server runs."""
    return {"file": str(file), "bytes": backup.backup(at_home().database_url, file)}


@click.command("restore")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path)
)
def put_back(file: Path) -> Answer:
    """Put a backup in the database's place, while the server does not run."""
    configured = at_home()
    kept = backup.restore(configured.database_url, file)
    migrate_installation(configured)
    return {"ok": True, "before": str(kept) if kept else None}


@click.group()
def sandbox() -> None:
    """Sandbox mode."""


@sandbox.command("clock")
@click.argument("move", metavar="+24h|reset")
def move_clock(move: str) -> Answer:
    """Move the domain's time on (+90s, +30m, +24h, +2d), or back to the machine's."""
    if not at_home().sandbox_mode:
        raise click.ClickException("Only sandbox mode has a clock that can be moved.")
    matched = _MOVE.fullmatch(move)
    if move != "reset" and matched is None:
        raise click.ClickException(f"{move} is neither like +24h nor reset.")
    by = timedelta(**{_UNITS[matched[2]]: int(matched[1])}) if matched else None

    async def work(runtime: Runtime) -> Answer:
        return {"offset_seconds": (await sandbox_clock.move(runtime, by)).total_seconds()}

    return operate(work)


COMMANDS = (examine, back_up, put_back, sandbox)
