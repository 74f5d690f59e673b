"""Backups by `bin/inbox`, and the sandbox's clock."""

import asyncio

from inbox_app import clock
from inbox_app.database import Database
from inbox_app.jobs.leadership import LASTS
from inbox_app.services.upkeep import hold_lease
from tests.cli.installation import PASSWORD, Inbox


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
