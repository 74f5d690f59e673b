"""The audit trail as a table: for admins, whole, and nothing in it calculates (X1)."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import update

from inbox_app.api import audit_export
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.models import AuditEntry, Role, User
from inbox_app.queries.audit.trail import PAGE
from tests.support.servers.routes_app import MARTA, PASSWORD, browser, make_account, running

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
ROUTES = [*auth.routes(), *audit_export.routes()]


async def test_it_is_whole_and_nothing_in_it_is_a_formula(sqlite: Database, tmp_path: Path) -> None:
    async with running(sqlite, tmp_path), browser(ROUTES) as marta:
        account, user = await make_account(sqlite)
        async with sqlite.transaction() as session:
            await session.exec(update(User).values(name="=cmd()", language="en"))
            session.add_all(
                AuditEntry(
                    account_id=account,
                    at=NOON + timedelta(seconds=n),
                    user_id=user,
                    what="import.started",
                )
                for n in range(PAGE + 1)
            )
        await marta.post("/auth/sign-in", data={"email": MARTA, "password": PASSWORD})
        answer = await marta.get("/export/audit.csv?person=&kind=data")
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert len(rows) == 1 + PAGE + 1
        assert rows[-1] == ["2026-11-27 13:00:00+01:00", "'=cmd() imported a table"]
        assert len((await marta.get("/export/audit.csv?kind=access")).text.splitlines()) == 1
        assert len((await marta.get("/export/audit.csv?person=x&kind=x")).text.splitlines()) > 2


async def test_it_is_for_admins(sqlite: Database, tmp_path: Path) -> None:
    async with running(sqlite, tmp_path), browser(ROUTES) as agent:
        await make_account(sqlite)
        assert (await agent.get("/export/audit.csv")).status_code == 404
        async with sqlite.transaction() as session:
            await session.exec(update(User).values(role=Role.AGENT))
        await agent.post("/auth/sign-in", data={"email": MARTA, "password": PASSWORD})
        assert (await agent.get("/export/audit.csv")).status_code == 404
