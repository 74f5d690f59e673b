"""`bin/inbox doctor` says what is wrong and how to mend it."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from inbox_app import clock
from inbox_app.operating.migrations import migrate
from tests.cli.installation import CONNECT, Inbox


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
