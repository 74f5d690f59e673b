"""`bin/inbox` as an operator runs it: JSON on standard output, one sentence when it refuses."""

import asyncio
import json
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from inbox_app import clock
from inbox_app.cli import __main__ as cli
from inbox_app.database import Database
from inbox_app.jobs.leadership import LASTS
from inbox_app.operating.migrations import migrate
from inbox_app.services.upkeep import hold_lease
from inbox_app.vault import Vault

HOME = Path(__file__).resolve().parent.parent.parent
KEY = "k" * 32
PASSWORD = "a long password"


_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["inbox_app.cli.__main__", __name__])


def _command(folder: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for descriptor, (name, flags) in enumerate(
        (("in", os.O_RDONLY), ("out", os.O_WRONLY), ("err", os.O_WRONLY))
    ):
        os.dup2(os.open(name, flags | os.O_CREAT | os.O_TRUNC * bool(descriptor)), descriptor)
    sys.stdin = os.fdopen(0)
    sys.argv[1:] = arguments
    sys.exit(cli.main())


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one line with which it refused."""
        assert self.code == 1, self
        assert self.out == ""
        (line,) = self.err.splitlines()
        assert line.endswith((".", "'."))
        return line


class Inbox:
    """An installation in a folder of its own, operated from another folder."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(HOME),
            "DATA_DIR": str(self.data),
            "ENV_FILE": os.devnull,
            "SECRET_KEY": KEY,
        } | environment

    def run(self, *arguments: str, given: str = "", **environment: str) -> Ran:
        """In a process of its own, forked from one that has imported everything already."""
        (self.folder / "in").write_text(given)
        process = _FORKS.Process(
            target=_command, args=(self.folder, arguments, self.environment | environment)
        )
        process.start()
        process.join(60)
        assert process.exitcode is not None
        out, err = ((self.folder / name).read_text() for name in ("out", "err"))
        return Ran(process.exitcode, out, err)

    def make_account(self) -> str:
        ran = self.run("account", "create", "--name", "Casa", "--admin", "m@x.it", given=PASSWORD)
        return ran.answer["account"]

    def rows(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self.data / "inbox.db")) as database:
            return database.execute(query).fetchall()

    def execute(self, statement: str, *values: Any) -> None:
        with closing(sqlite3.connect(self.data / "inbox.db")) as database, database:
            database.execute(statement, values)


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


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


def test_a_backup_brings_back_what_was(inbox: Inbox) -> None:
    inbox.make_account()
    made = inbox.run("backup", "copy.db").answer
    copy = inbox.folder / "copy.db"
    assert (made["file"], made["bytes"]) == (str(copy), copy.stat().st_size)
    assert copy.stat().st_mode & 0o077 == 0
    assert "already" in inbox.run("backup", "copy.db").sentence
    inbox.run("user", "create", "--account=1", "--role=agent", "--email=a@x.it", given=PASSWORD)
    assert inbox.rows("SELECT count(*) FROM user") == [(2,)]
    assert inbox.run("restore", "copy.db").answer["ok"] is True
    assert inbox.rows("SELECT count(*) FROM user") == [(1,)]


def test_only_a_backup_is_restored_and_only_while_nobody_serves(inbox: Inbox) -> None:
    inbox.make_account()
    (inbox.folder / "other.db").write_text("not a database")
    assert "not a backup" in inbox.run("restore", "other.db").sentence
    inbox.run("backup", "copy.db")
    asyncio.run(_lead(inbox))
    assert "server is running" in inbox.run("restore", "copy.db").sentence


async def _lead(inbox: Inbox) -> None:
    """As a server does while it runs."""
    database = Database(f"sqlite+aiosqlite:///{inbox.data / 'inbox.db'}")
    async with database.transaction() as session:
        assert await hold_lease.hold(session, "leader", "me", clock.real_now(), LASTS)
    await database.close()


def test_postgresql_has_its_own_tools_for_backups(inbox: Inbox) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    assert "pg_dump" in inbox.run("backup", "copy.db", DATABASE_URL=url).sentence


def test_the_sandboxs_clock_moves_on_and_back_and_nowhere_else(inbox: Inbox) -> None:
    assert inbox.run("sandbox", "clock", "+24h").answer == {"offset_seconds": 86400.0}
    assert inbox.run("sandbox", "clock", "+30m").answer == {"offset_seconds": 88200.0}
    assert inbox.run("sandbox", "clock", "reset").answer == {"offset_seconds": 0.0}
    real = {"META_APP_SECRET": "s"}
    assert "Only sandbox" in inbox.run("sandbox", "clock", "+24h", **real).sentence


ANSWERS: dict[str, dict[str, Any]] = {
    "/v25.0/1": {"id": "1", "display_phone_number": "+39 0541 555100"},
    "/v25.0/2/message_templates": {
        "data": [
            {
                "id": "3",
                "name": "check_in",
                "language": "it",
                "status": "APPROVED",
                "category": "UTILITY",
                "components": [{"type": "BODY", "text": "Il check-in è dalle 15."}],
            }
        ]
    },
}


class Meta(BaseHTTPRequestHandler):
    """As little of the Graph API as connecting needs, and one template."""

    def do_GET(self) -> None:
        self._answer(ANSWERS.get(self.path.partition("?")[0]))

    def do_POST(self) -> None:
        self._answer({"success": True} if self.path == "/v25.0/2/subscribed_apps" else None)

    def log_message(self, format: str, *args: Any) -> None:
        """Quietly."""

    def _answer(self, body: dict[str, Any] | None) -> None:
        authorized = self.headers["authorization"] == "Bearer the token"
        error = {"message": "Unknown", "code": 100}
        if self.path.startswith("/v25.0/77?"):
            error = {"message": "Invalid OAuth access token signature.", "code": 190}
        content = json.dumps(body or {"error": error}).encode()
        self.send_response(200 if body and authorized else 404)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def graph_url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Meta) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


CONNECT = ("connect", "--phone-number-id=1", "--waba-id=2", "--accept-contract", "--account")


def test_a_number_is_connected_and_disconnected(tmp_path: Path, graph_url: str) -> None:
    inbox = Inbox(tmp_path, META_GRAPH_URL=graph_url, META_APP_SECRET="s")
    account = inbox.make_account()
    made = inbox.run(*CONNECT, account, given="the token\n").answer
    assert made == {"connection": "1", "display_phone_number": "+39 0541 555100"}
    ((state, encrypted),) = inbox.rows("SELECT state, credentials_encrypted FROM connection")
    assert state == "active"
    assert Vault(KEY).decrypt(encrypted) == "the token"
    again = inbox.run(*CONNECT, account, given="the token").answer
    assert again == made
    second = (*CONNECT[:1], "--phone-number-id=7", *CONNECT[2:], account)
    assert "exactly one number" in inbox.run(*second, given="the token").sentence
    assert inbox.run("disconnect", "--account", account).answer == {"ok": True}


def test_templates_are_read_at_a_word(tmp_path: Path, graph_url: str) -> None:
    inbox = Inbox(tmp_path, META_GRAPH_URL=graph_url, META_APP_SECRET="s")
    account = inbox.make_account()
    refresh = ("templates", "refresh", "--account", account)
    assert inbox.run(*refresh).sentence == "The account has no connected number."
    inbox.run(*CONNECT, account, given="the token")
    states = {"accepted": 1, "pending": 0, "incompatible": 0, "cancelled": 0}
    assert inbox.run(*refresh).answer == {"templates": 1, **states}
    assert inbox.rows("SELECT name FROM template") == [("check_in",)]
    assert inbox.rows("SELECT templates_wanted_at FROM whatsapp_number") == [(None,)]


def test_a_number_that_meta_refuses_is_not_connected(tmp_path: Path, graph_url: str) -> None:
    inbox = Inbox(tmp_path, META_GRAPH_URL=graph_url, META_APP_SECRET="s")
    account = inbox.make_account()
    refused = inbox.run(*CONNECT, account, given="another token").sentence
    assert "reading the number" in refused
    assert inbox.rows("SELECT * FROM connection") == []


def test_doctor_is_content_with_a_fresh_sandbox(inbox: Inbox) -> None:
    inbox.make_account()
    assert inbox.run("doctor").answer["wrong"] == []


def test_doctor_names_a_redis_that_does_not_answer_and_not_its_password(inbox: Inbox) -> None:
    inbox.make_account()
    ran = inbox.run("doctor", REDIS_URL="redis://:a-secret@127.0.0.1:1/0")
    (wrong,) = json.loads(ran.out)["wrong"]
    assert "The Redis of REDIS_URL does not answer" in wrong["what"]
    assert "a-secret" not in ran.out


def test_doctor_says_what_is_wrong_and_how_to_mend_it(tmp_path: Path, graph_url: str) -> None:
    inbox = Inbox(tmp_path, META_GRAPH_URL=graph_url, META_APP_SECRET="s")
    account = inbox.make_account()
    inbox.run(*CONNECT, account, given="the token")
    _break(inbox)
    ran = inbox.run("doctor", SECRET_KEY="another key" * 4, META_APP_ID="77")
    assert ran.code == 1
    wrong = json.loads(ran.out)["wrong"]
    assert all(finding["mend"] for finding in wrong)
    told = " ".join(finding["what"] for finding in wrong)
    for word in (
        "META_VERIFY_TOKEN",
        "Invalid OAuth access token signature",
        "https",
        "SECRET_KEY",
        "1 webhook events",
        "broken on purpose",
    ):
        assert word in told
    assert "the token" not in ran.out + ran.err


def _break(inbox: Inbox) -> None:
    at = (clock.real_now() - timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(inbox.data / "inbox.db")) as database, database:
        database.execute(
            "INSERT INTO inbound_event (channel, body, state, attempts, error, received_at)"
            " VALUES ('whatsapp', x'7b7d', 'failed', 5, 'broken on purpose', ?)",
            (at,),
        )


def test_private_files_are_closed_to_others_and_doctor_names_those_that_are_not(
    tmp_path: Path,
) -> None:
    inbox = Inbox(tmp_path)
    inbox.data.mkdir(mode=0o755, exist_ok=True)
    database, copy, before = (
        inbox.data / name for name in ("inbox.db", "copy.db", "inbox.db.before-restore")
    )
    inbox.make_account()
    assert inbox.run("backup", str(copy)).code == 0
    assert inbox.run("restore", str(copy)).code == 0
    assert {file.stat().st_mode & 0o777 for file in (database, copy, before)} == {0o600}

    key = inbox.data / "secret_key"
    key.touch()
    key.chmod(0o640)
    wrong = json.loads(inbox.run("doctor").out)["wrong"]
    assert [finding["mend"] for finding in wrong] == [f"chmod 600 {key}"]

    database.chmod(0o644)
    migrate(f"sqlite+aiosqlite:///{database}")
    assert database.stat().st_mode & 0o777 == 0o600


def test_doctor_says_it_when_nothing_can_be_looked_at(inbox: Inbox) -> None:
    for wrong in ({"PORT": "no"}, {"DATABASE_URL": "postgresql://x@127.0.0.1:1/y"}):
        ran = inbox.run("doctor", **wrong)
        assert ran.code == 1
        assert len(json.loads(ran.out)["wrong"]) == 1
