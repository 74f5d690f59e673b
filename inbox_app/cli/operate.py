"""What commands share: the runtime around their work, secrets from standard input, ids, files."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import click

from inbox_app.config import settings
from inbox_app.config.settings import Settings
from inbox_app.domain.ids import read_id
from inbox_app.operating.migrations import migrate_installation
from inbox_app.runtime import Runtime, start_runtime, stop_runtime

Answer = dict[str, Any]
"""What a command prints. With `ok` false the exit code is 1."""

_HOME = Path(__file__).resolve().parent.parent.parent


def operate(work: Callable[[Runtime], Awaitable[Answer]]) -> Answer:
    """Do `work` on the installation's database, brought up to date before."""
    configured = at_home()
    migrate_installation(configured)
    return asyncio.run(_run(work, configured))


def at_home() -> Settings:
    """The settings that the server has, wherever the command was called: `.env` and `DATA_DIR` are
    meant from the installation's own folder."""
    os.chdir(_HOME)
    return settings.current()


def secret(what: str) -> str:
    """A password or token from standard input, asked for where somebody sits there."""
    if sys.stdin.isatty():
        return click.prompt(what, hide_input=True, err=True)
    given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        raise click.ClickException(f"The {what.lower()} is read from standard input: none came.")
    return given


class Id(click.ParamType[int]):
    """An id of ours; one that can be nobody's is answered like one that nobody has."""

    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number behind it, 0 for none."""
        return value if isinstance(value, int) else read_id(value) or 0


account_option = click.option(
    "--account", "account_id", type=Id(), required=True, metavar="ID", help="The account's id."
)


async def _run(work: Callable[[Runtime], Awaitable[Answer]], configured: Settings) -> Answer:
    runtime = start_runtime(configured)
    try:
        return await work(runtime)
    finally:
        await stop_runtime()
