"""The figures as a table: an agent's of themselves, another company's none, no formula (X7)."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlmodel import col, update

from inbox_app import clock
from inbox_app.api import figures_export
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.domain.figures.measures import Measure, Scope
from inbox_app.models import Role, User
from inbox_app.models.figures import DailyFigure
from tests.support.factories import make_user
from tests.support.servers.routes_app import MARTA, PASSWORD, browser, make_account, running

pytestmark = pytest.mark.anyio

BRUNO = "bruno@altra.it"
NAME, RECEIVED, SENT = 2, 11, 12
_ROUTES = [*auth.routes(), *figures_export.routes()]


@pytest.fixture
async def visitor(sqlite: Database, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody at the door of an installation where Marta wrote three messages, a colleague two."""
    async with running(sqlite, tmp_path), browser(_ROUTES) as visitor:
        account, marta = await make_account(sqlite)
        await make_account(sqlite, "Altra Società", BRUNO)
        async with sqlite.transaction() as session:
            colleague = await make_user(session, account, clock.now(), "anna@casedelsole.it")
            renamed = update(User).where(col(User.id) == marta)
            await session.exec(renamed.values(name="=cmd()", language="en"))
            for scope, subject, total in (
                (Scope.ALL, 0, 5),
                (Scope.PERSON, marta, 3),
                (Scope.PERSON, colleague.id, 2),
            ):
                session.add(_sent(account, scope, subject, total))
        yield visitor


def _sent(account_id: int, scope: Scope, subject_id: int, total: int) -> DailyFigure:
    today = clock.now().astimezone(ZoneInfo("Europe/Rome")).date()
    return DailyFigure(
        account_id=account_id,
        scope=scope,
        day=today,
        subject_id=subject_id,
        measure=Measure.SENT,
        bucket=12,
        week=today - timedelta(days=today.weekday()),
        total=total,
    )


async def _rows(visitor: httpx.AsyncClient, email: str) -> list[list[str]]:
    await visitor.post("/auth/sign-in", data={"email": email, "password": PASSWORD})
    answer = await visitor.get("/export/figures.csv?period=week")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))[1:]


async def test_an_admin_gets_the_company_and_everybody(visitor: httpx.AsyncClient) -> None:
    rows = await _rows(visitor, MARTA)
    assert sum(int(row[SENT]) for row in rows if row[1] == "Company") == 5
    assert sorted(row[SENT] for row in rows if row[1] == "Person") == ["2", "3"]
    assert "'=cmd()" in {row[NAME] for row in rows}


async def test_an_agent_gets_the_company_and_themselves(
    visitor: httpx.AsyncClient, sqlite: Database
) -> None:
    async with sqlite.transaction() as session:
        await session.exec(update(User).values(role=Role.AGENT))
    rows = await _rows(visitor, MARTA)
    assert [row[SENT] for row in rows if row[1] == "Person"] == ["3"]


async def test_another_company_gets_none_of_it(visitor: httpx.AsyncClient) -> None:
    assert {row[SENT] for row in await _rows(visitor, BRUNO)} <= {"0"}


async def test_nobody_gets_it_without_a_session_or_of_a_period_that_is_none(
    visitor: httpx.AsyncClient,
) -> None:
    assert (await visitor.get("/export/figures.csv")).status_code == 404
    await visitor.post("/auth/sign-in", data={"email": MARTA, "password": PASSWORD})
    assert (await visitor.get("/export/figures.csv?period=ever")).status_code == 404
