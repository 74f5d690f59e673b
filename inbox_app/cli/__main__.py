"""One command: its JSON on standard output, or one sentence on standard error and exit code 1."""

import json
import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from inbox_app.cli import actors, imports, installation, people, whatsapp
from inbox_app.config import settings
from inbox_app.operating import backup, logs, migrations
from inbox_app.services.accounts import accounts
from inbox_app.services.connecting import connect

_SENTENCES = (
    settings.SettingsError,
    migrations.MigrationError,
    accounts.AccountRefusedError,
    connect.ConnectError,
    backup.BackupError,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def inbox() -> None:
    """Operate this installation of the inbox, while its server runs or not."""


for _commands in (
    people.COMMANDS, whatsapp.COMMANDS, actors.COMMANDS, imports.COMMANDS, installation.COMMANDS,
):  # fmt: skip
    for _command in _commands:
        inbox.add_command(_command)


def main() -> int:
    """Run what the command line says; answers the exit code."""
    logs.configure("warning", "text")
    try:
        answer = inbox(prog_name="bin/inbox", standalone_mode=False)
    except click.ClickException as error:
        return _refuse(error.format_message())
    except click.Abort:
        return _refuse("Stopped.")
    except _SENTENCES as error:
        return _refuse(str(error))
    except SQLAlchemyError as error:
        why = type(getattr(error, "orig", error)).__name__
        return _refuse(f"The database cannot be used ({why}).")
    if isinstance(answer, dict):
        click.echo(json.dumps(answer, ensure_ascii=False))
        return 0 if answer.get("ok", True) else 1
    return 0


def _refuse(sentence: str) -> int:
    click.echo(sentence, err=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
