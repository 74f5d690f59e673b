"""`bin/inbox import ical`, as an operator runs it (A4)."""

from pathlib import Path

import pytest

from tests.cli.installation import Inbox
from tests.support.samples.calendars import AIRBNB


@pytest.fixture
def account(tmp_path: Path) -> tuple[Inbox, str]:
    inbox = Inbox(tmp_path)
    account = inbox.make_account()
    inbox.execute(
        "INSERT INTO accommodation (account_id, external_id, name, timezone, created_at)"
        " VALUES (?, 'casa', 'Casa Blu', 'Europe/Rome', '2026-11-01')",
        account,
    )
    return inbox, account


def test_a_file_is_tried_read_and_read_again(account: tuple[Inbox, str], tmp_path: Path) -> None:
    inbox, id_ = account
    (tmp_path / "a.ics").write_bytes(AIRBNB)
    command = ("import", "ical", str(tmp_path / "a.ics"), "--account", id_)
    home = ("--accommodation", "casa")
    assert inbox.run(*command, *home, "--dry-run").answer["stays"] == 1
    assert inbox.rows("SELECT count(*) FROM reservation") == [(0,)]
    answer = inbox.run(*command, *home).answer
    assert (answer["created"], answer["blocks"], answer["portal"]) == (1, 2, "Airbnb")
    assert inbox.run(*command, *home).answer["unchanged"] == 1
    assert inbox.rows("SELECT code FROM reservation") == [("HMABCD8J99",)]
    assert "no accommodation" in inbox.run(*command, "--accommodation", "other").sentence


def test_what_cannot_be_read_is_refused_with_a_sentence(
    account: tuple[Inbox, str], tmp_path: Path
) -> None:
    inbox, id_ = account
    (tmp_path / "a.ics").write_bytes(AIRBNB[:200])
    to = ("--account", id_, "--accommodation", "casa")
    assert "incomplete" in inbox.run("import", "ical", str(tmp_path / "a.ics"), *to).sentence
    for url, why in (("http://example.com/a.ics", "https"), ("https://127.0.0.1/", "private")):
        assert why in inbox.run("import", "ical", url, *to).sentence
