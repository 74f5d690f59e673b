"""`bin/inbox` as an operator runs it: JSON on standard output, one sentence when it refuses."""

import json
import multiprocessing
import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inbox_app.cli import __main__ as cli

HOME = Path(__file__).resolve().parent.parent.parent
KEY = "k" * 32
PASSWORD = "a long password"
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["inbox_app.cli.__main__", __name__])


def command(folder: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
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
        process = FORKS.Process(
            target=command, args=(self.folder, arguments, self.environment | environment)
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


CONNECT = ("connect", "--phone-number-id=1", "--waba-id=2", "--accept-contract", "--account")
