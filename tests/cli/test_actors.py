"""`bin/inbox actor …`: one person's data from a command line (A6)."""

import json
from zipfile import ZipFile

from tests.cli.installation import Inbox


def test_a_person_is_written_into_a_file_and_erased(inbox: Inbox) -> None:
    account = inbox.make_account()
    people = inbox.folder / "people.csv"
    people.write_text("Key;Name;Phone;Kind\ng-1;Ada Bianchi;+393331112223;guest\n")
    inbox.run("import", "actors", str(people), "--account", account)
    of_ada = ("g-1", "--account", account)

    told = inbox.run("actor", "export", *of_ada, "--to", "ada.zip").answer
    file = inbox.folder / "ada.zip"
    assert told == {"file": str(file), "bytes": file.stat().st_size}
    assert file.stat().st_mode & 0o077 == 0
    with ZipFile(file) as archive:
        assert json.loads(archive.read("person.json"))["name"] == "Ada Bianchi"
    assert "ada.zip" in inbox.run("actor", "export", *of_ada, "--to", "ada.zip").sentence

    erased = inbox.run("actor", "erase", *of_ada).answer
    assert erased == {"conversations": 0, "messages": 0, "files": 0}
    assert inbox.rows("SELECT name, external_id FROM actor") == [("Persona cancellata", None)]
    assert inbox.rows("SELECT what, details FROM audit_entry WHERE what LIKE 'actor.%'") == [
        ("actor.exported", '{"actor": 1, "by": "command line"}'),
        ("actor.erased", '{"actor": 1, "messages": 0, "files": 0, "by": "command line"}'),
    ]
    assert inbox.run("actor", "erase", *of_ada).sentence
