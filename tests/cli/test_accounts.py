"""Accounts, their people and keys by `bin/inbox`, and its mistakes in one sentence."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import click
import pytest
from click.testing import CliRunner

from inbox_app.cli import __main__ as cli
from tests.cli.installation import PASSWORD, Inbox


def test_the_module_runs_from_any_folder(inbox: Inbox) -> None:
    """As bin/inbox starts it."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "inbox_app.cli", "webhooks", "replay"],
        capture_output=True,
        text=True,
        check=False,
        cwd=inbox.folder,
        env=inbox.environment,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, '{"replayed": 0}\n', "")


def test_an_account_its_people_and_its_keys(inbox: Inbox) -> None:
    made = inbox.run("account", "create", "--name", "Casa", "--admin", "M@x.it", given=PASSWORD)
    assert made.answer == {"account": "1", "user": "1"}
    person = ("user", "create", "--account", "1", "--role", "agent", "--email")
    assert inbox.run(*person, "a@x.it", given=PASSWORD).answer == {"user": "2"}
    assert "already" in inbox.run(*person, "m@X.it", given=PASSWORD).sentence
    assert "at least" in inbox.run(*person, "b@x.it", given="short").sentence
    assert "standard input" in inbox.run(*person, "b@x.it").sentence
    key = inbox.run("api-key", "create", "--account", "1", "--name", "PMS").answer
    assert key["key"].startswith("inbox_")
    assert inbox.run("api-key", "revoke", key["id"]).answer == {"ok": True}
    assert "no such key" in inbox.run("api-key", "revoke", "4711").sentence
    assert inbox.rows("SELECT revoked_at IS NOT NULL FROM api_key") == [(1,)]
    assert key["key"] not in str(inbox.rows("SELECT * FROM api_key"))


def test_an_account_that_nobody_has_is_refused(inbox: Inbox) -> None:
    for id_ in ("1", "9" * 40):
        ran = inbox.run("api-key", "create", f"--account={id_}", "--name", "PMS")
        assert ran.sentence == "There is no such account."


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nonsense"], "No such command"),
        (["account", "create", "--name", "x"], "Missing option '--admin'"),
        (["connect", "--account", "1", "--phone-number-id", "1", "--waba-id", "2"], "--accept-"),
        (["restore", "nowhere.db"], "nowhere.db"),
    ],
)
def test_a_mistake_is_one_sentence(inbox: Inbox, arguments: list[str], says: str) -> None:
    assert says in inbox.run(*arguments).sentence


def test_a_bad_setting_is_one_sentence_that_names_it(inbox: Inbox) -> None:
    assert "PORT" in inbox.run("webhooks", "replay", PORT="no").sentence
    away = "postgresql://nobody:hidden@127.0.0.1:1/none"
    refused = inbox.run("webhooks", "replay", DATABASE_URL=away).sentence
    assert "DATABASE_URL" in refused
    assert "hidden" not in refused


def test_every_command_explains_itself() -> None:
    commands = list(_commands(cli.inbox, ()))
    assert ("webhooks", "replay") in commands
    for command in commands:
        told = CliRunner().invoke(cli.inbox, [*command, "--help"], prog_name="bin/inbox")
        assert told.exit_code == 0
        assert f"bin/inbox {' '.join(command)}" in told.output
        assert len(told.output.splitlines()) > 4


def _commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        yield path
        return
    for name, inner in command.commands.items():
        yield from _commands(inner, (*path, name))


def test_a_person_is_kept_out_let_in_and_given_a_new_password(inbox: Inbox) -> None:
    account = inbox.make_account()
    person = ("user", "create", "--account", account, "--role", "agent", "--email", "a@x.it")
    inbox.run(*person, given=PASSWORD)
    about = ("--account", account, "--email", " A@x.it ")

    with closing(sqlite3.connect(inbox.data / "inbox.db")) as database, database:
        for token in ("one", "two"):
            database.execute(
                "INSERT INTO session (account_id, user_id, token_hash, user_agent, created_at,"
                " seen_at) VALUES (1, 2, ?, '', '2026-01-01', '2026-01-01')",
                (token,),
            )
    before = inbox.rows("SELECT password_hash FROM user WHERE id = 2")
    reset = inbox.run("user", "reset-password", *about, given="another password")
    assert reset.answer == {"user": "2", "sessions_ended": 2}
    assert inbox.rows("SELECT password_hash FROM user WHERE id = 2") != before
    assert inbox.rows("SELECT count(*) FROM session") == [(0,)]

    out = inbox.run("user", "deactivate", *about).answer
    assert out == {"user": "2", "active": False, "sessions_ended": 0}
    assert inbox.rows("SELECT count(*) FROM user WHERE disabled_at IS NULL") == [(1,)]
    assert inbox.run("user", "activate", *about).answer == {"user": "2", "active": True}
    assert inbox.rows("SELECT count(*) FROM user WHERE disabled_at IS NULL") == [(2,)]
    whats = [what for (what,) in inbox.rows("SELECT what FROM audit_entry ORDER BY id")]
    assert whats == ["user.password_reset", "user.deactivated", "user.activated"]


def test_what_cannot_be_done_to_a_person_is_said_and_changes_nothing(inbox: Inbox) -> None:
    account = inbox.make_account()
    admin = ("--account", account, "--email", "m@x.it")
    assert "last active admin" in inbox.run("user", "deactivate", *admin).sentence
    nobody = ("--account", account, "--email", "b@x.it")
    for command in ("deactivate", "activate"):
        assert "Nobody" in inbox.run("user", command, *nobody).sentence
    assert "no such account" in inbox.run("user", "activate", "--account=9", *admin[2:]).sentence
    assert "at least" in inbox.run("user", "reset-password", *admin, given="short").sentence
    assert inbox.rows("SELECT count(*) FROM user WHERE disabled_at IS NULL") == [(1,)]
    assert inbox.rows("SELECT count(*) FROM audit_entry") == [(0,)]
