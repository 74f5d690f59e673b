"""Tables uploaded by an admin, worked off by the loop, and their refused lines as CSV (A3)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlmodel import col, select, update

from inbox_app import clock
from inbox_app.api import imports
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.domain.imports.states import ImportState
from inbox_app.jobs import import_queue
from inbox_app.models import DataImport, DataImportLine, Role, User
from inbox_app.runtime import Runtime
from inbox_app.services.imports import steps, work
from tests.support.servers.routes_app import MARTA, PASSWORD, browser, make_account, running

pytestmark = pytest.mark.anyio

_TABLE = b"Name;Door code;Time zone\nCasa Blu;27#;Europe/Rome\n=1+1;+39;Mars/Base\n"


@dataclass
class Desk:
    """Marta, an admin; Bruno, another company's; Anna, an agent of Marta's."""

    runtime: Runtime
    account_id: int
    marta: httpx.AsyncClient
    bruno: httpx.AsyncClient

    async def take_in(self, table: bytes = _TABLE) -> str:
        """The id of the import."""
        answer = await self.marta.post("/imports/files?kind=accommodations", content=table)
        return answer.json()["import"]

    async def import_of(self, id_: str) -> DataImport:
        async with self.runtime.database.transaction() as session:
            row = await steps.find(session, self.account_id, int(id_))
            session.expunge(row)
            return row

    async def check(self, id_: str) -> None:
        async with self.runtime.database.transaction() as session:
            row = await steps.find(session, self.account_id, int(id_))
            await steps.check(session, row, clock.real_now())


@pytest.fixture
async def desk(sqlite: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running(sqlite, tmp_path) as runtime:
        account_id, _ = await make_account(sqlite)
        await make_account(sqlite, "Altra Società", "bruno@altra.it")
        people: list[httpx.AsyncClient] = []
        for email in (MARTA, "bruno@altra.it"):
            person = browser([*auth.routes(), *imports.routes()])
            await person.post("/auth/sign-in", data={"email": email, "password": PASSWORD})
            people.append(person)
        yield Desk(runtime, account_id, *people)
        for person in people:
            await person.aclose()


async def test_a_table_waits_until_somebody_says_what_its_columns_mean(desk: Desk) -> None:
    row = await desk.import_of(await desk.take_in())
    assert (row.state, row.lines) == (ImportState.MAPPING, 2)
    assert row.mapping["fields"] == ["name", "door_code", "timezone"]


async def test_what_is_no_table_is_refused_with_the_reason(desk: Desk) -> None:
    answer = await desk.marta.post("/imports/files?kind=actors", content=b"\x89PNG\r\n\x1a\n\0\0")
    assert answer.json() == {"problem": "not_a_table"}
    async with desk.runtime.database.reading() as session:
        assert (await session.exec(select(DataImport))).all() == []


async def test_refused_lines_come_as_csv_that_calculates_nothing(desk: Desk) -> None:
    id_ = await desk.take_in()
    await desk.check(id_)
    turns = import_queue.Turns(desk.runtime)
    while await turns.pass_once() is not None:
        pass
    answer = await desk.marta.get(f"/imports/{id_}/refused.csv")
    assert answer.text.splitlines() == [
        '\ufeff"Name","Door code","Time zone","Line","Why"',
        '"\'=1+1","\'+39","Mars/Base","3","timezone: “Mars/Base” is no IANA time zone"',
    ]
    assert "attachment" in answer.headers["content-disposition"]


async def test_only_admins_of_the_company_see_anything(desk: Desk) -> None:
    id_ = await desk.take_in()
    stranger = browser([*auth.routes(), *imports.routes()])
    assert (await stranger.post("/imports/files?kind=actors", content=b"x")).status_code == 401
    assert (await stranger.get(f"/imports/{id_}/refused.csv")).status_code == 401
    assert (await desk.bruno.get(f"/imports/{id_}/refused.csv")).status_code == 404
    assert (await desk.marta.get("/imports/9999/refused.csv")).status_code == 404
    assert (await desk.marta.post("/imports/files?kind=users", content=b"x")).status_code == 404
    async with desk.runtime.database.transaction() as session:
        agents = update(User).where(col(User.email) == MARTA).values(role=Role.AGENT)
        await session.exec(agents)
    again = browser([*auth.routes(), *imports.routes()])
    await again.post("/auth/sign-in", data={"email": MARTA, "password": PASSWORD})
    assert (await again.post("/imports/files?kind=actors", content=b"x")).status_code == 404
    await stranger.aclose()
    await again.aclose()


async def test_a_line_that_cannot_be_dealt_with_is_refused_and_the_others_go_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = b"".join(b"Casa %d;1;Europe/Rome\n" % n for n in range(30))
    id_ = await desk.take_in(b"Name;Door code;Time zone\n" + lines)
    await desk.check(id_)
    planned = work._planned

    async def failing(kind, setting, read, earlier):  # type: ignore[no-untyped-def]
        if any(said["name"] == "Casa 7" for said in read):
            raise RuntimeError("a fault of ours")
        return await planned(kind, setting, read, earlier)

    monkeypatch.setattr(work, "_planned", failing)
    turns = import_queue.Turns(desk.runtime)
    while await turns.pass_once() is not None:
        pass
    row = await desk.import_of(id_)
    assert (row.state, row.created, row.refused) == (ImportState.CHECKED, 29, 1)
    async with desk.runtime.database.reading() as session:
        refused = select(DataImportLine).where(col(DataImportLine.outcome) == "refused")
        (line,) = (await session.exec(refused)).all()
    assert (line.line, line.details) == (9, {"why": "failed", "field": "", "value": ""})
