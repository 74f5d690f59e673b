"""`bin/inbox actor …`: what is kept of one person, given out and erased (A6)."""

import os
from pathlib import Path

import click

from inbox_app import clock
from inbox_app.catalogues import text_in
from inbox_app.cli.operate import Answer, account_option, operate
from inbox_app.queries.accounts.signed_in import account_language
from inbox_app.queries.api.actors import known_id
from inbox_app.runtime import Runtime
from inbox_app.workflows.erase_person import erase_person
from inbox_app.workflows.export_person import export_person

_BY = "command line"
_actor_argument = click.argument("external_id", metavar="EXTERNAL-ID")


@click.group()
def actor() -> None:
    """Guests, owners and suppliers, by the property-management system's keys."""


@actor.command("export")
@_actor_argument
@account_option
@click.option(
    "--to",
    "file",
    type=click.Path(resolve_path=True, path_type=Path),
    default="actor.zip",
    show_default=True,
    metavar="FILE",
    help="A new file, for the eyes of the person who runs this alone.",
)
def export(external_id: str, account_id: int, file: Path) -> Answer:
    """Write all that is kept of one person into a ZIP."""

    async def work(runtime: Runtime) -> Answer:
        actor_id, language = await _asked(runtime, account_id, external_id)
        descriptor = _made(file)
        chunks = await export_person(
            runtime,
            account_id=account_id,
            actor_id=actor_id,
            user_id=None,
            language=language,
            now=clock.now(),
            by=_BY,
        )
        size = 0
        with os.fdopen(descriptor, "wb") as written:
            async for chunk in chunks:
                size += written.write(chunk)
        return {"file": str(file), "bytes": size}

    return operate(work)


@actor.command("erase")
@_actor_argument
@account_option
def erase(external_id: str, account_id: int) -> Answer:
    """Erase for good all that tells of one person; who wrote when stays."""

    async def work(runtime: Runtime) -> Answer:
        actor_id, language = await _asked(runtime, account_id, external_id)
        erased = await erase_person(
            runtime,
            account_id=account_id,
            actor_id=actor_id,
            name=text_in(language, "Erased person"),
            user_id=None,
            now=clock.now(),
            real_now=clock.real_now(),
            by=_BY,
        )
        return {
            "conversations": len(erased.conversation_ids),
            "messages": erased.messages,
            "files": len(erased.files),
        }

    return operate(work)


async def _asked(runtime: Runtime, account_id: int, external_id: str) -> tuple[int, str]:
    async with runtime.database.reading() as session:
        actor_id = await known_id(session, account_id, external_id)
        if actor_id is None:
            raise click.ClickException("The account has no actor with this external id.")
        return actor_id, await account_language(session, account_id)


def _made(file: Path) -> int:
    """A descriptor of a file that was not there. Raises ``ClickException``."""
    try:
        return os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as refused:
        raise click.ClickException(f"{file} cannot be made: {refused.strerror}.") from None


COMMANDS = (actor,)
