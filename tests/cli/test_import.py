"""`bin/inbox import …`: tables from a command line (A3)."""

from tests.cli.installation import Inbox

_HOMES = "Key;Name\nblu;Casa Blu\nsole;Casa Sole\n"
_STAYS = """Code;Home;Guest;From;To
A1;blu;Ada;13/12/2026;15/12/2026
A2;rossa;Bob;14/12/2026;15/12/2026
"""


def test_tables_are_tried_imported_and_undone(inbox: Inbox) -> None:
    account = inbox.make_account()
    homes, stays = inbox.folder / "homes.csv", inbox.folder / "stays.csv"
    homes.write_text(_HOMES)
    stays.write_text(_STAYS)
    tried = inbox.run("import", "accommodations", str(homes), "--account", account, "--dry-run")
    assert tried.answer | {"import": ""} == {
        "import": "",
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "refused": [],
        "columns": {"Key": "external_id", "Name": "name"},
    }
    assert inbox.rows("SELECT count(*) FROM accommodation") == [(0,)]
    inbox.run("import", "accommodations", str(homes), "--account", account)
    command = ("import", "reservations", str(stays), "--account", account)
    refused = inbox.run(*command)
    assert refused.code == 1
    assert "no accommodation has the key or the name “rossa”" in refused.out
    assert inbox.rows("SELECT count(*) FROM reservation") == [(0,)]
    done = inbox.run(*command, "--without-refused").answer
    assert (done["created"], [each["line"] for each in done["refused"]]) == (1, [3])
    assert inbox.rows("SELECT code FROM reservation") == [("A1",)]
    undone = inbox.run("import", "undo", done["import"], "--account", account).answer
    assert undone == {"undone": 1, "kept": 0}
    assert inbox.rows("SELECT count(*) FROM reservation") == [(0,)]
    assert inbox.run("import", "undo", done["import"], "--account", account).sentence


def test_what_is_not_clear_is_asked_in_one_sentence(inbox: Inbox) -> None:
    account = inbox.make_account()
    table = inbox.folder / "stays.csv"
    table.write_text("Code;Home;Guest;From;To\nA1;blu;Ada;01/02/2026;03/02/2026\n")
    command = ("import", "reservations", str(table), "--account", account, "--dry-run")
    assert "--dates day_first" in inbox.run(*command).sentence
    assert inbox.run(*command, "--dates", "day_first").code == 0
    assert "No column has the heading" in inbox.run(*command, "--map", "X=code").sentence
    assert "is no field" in inbox.run(*command, "--map", "Code=colour").sentence
    assert "may hold" in inbox.run(*command, "--set", "currency=beads").sentence
    table.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert inbox.run(*command).sentence == "This is neither CSV nor XLSX."
    assert inbox.run(*command[:3], "--account", "99").sentence == "There is no such account."
