"""What was done of consequence is told in sentences, a page at a time (X1)."""

from datetime import UTC, datetime, timedelta
from string import Formatter

import pytest

from inbox_app.database import Database
from inbox_app.domain.accounts.audit import AuditKind
from inbox_app.models import AuditEntry
from inbox_app.queries.audit import sentences
from inbox_app.queries.audit.sentences import Named, sentence
from inbox_app.queries.audit.trail import PAGE, TrailFilter, trail
from tests.support.servers.routes_app import make_account

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
ALL = TrailFilter()


async def note(database: Database, account: int, *entries: AuditEntry) -> None:
    async with database.transaction() as session:
        for entry in entries:
            entry.account_id = account
        session.add_all(entries)


def done(what: str, *, by: int | None = None, minutes: int = 0, **details: object) -> AuditEntry:
    at = NOON + timedelta(minutes=minutes)
    return AuditEntry(account_id=0, at=at, user_id=by, what=what, details=details)


async def said(
    database: Database, account: int, wanted: TrailFilter = ALL, language: str = "en"
) -> list[str]:
    async with database.reading() as session:
        return [row["said"] for row in await trail(session, account, language, wanted)]


@pytest.mark.postgresql("rows are compared as pairs")
async def test_pages_follow_on_each_other_though_many_happened_in_one_moment(
    database: Database,
) -> None:
    account, user = await make_account(database)
    await note(database, account, *(done("import.started", by=user) for _ in range(PAGE + 5)))
    await note(database, account, done("import.undone", by=user, minutes=-1))
    seen: list[str] = []
    async with database.reading() as session:
        before = None
        while rows := await trail(session, account, "en", ALL, before=before):
            seen += [row["id"] for row in rows]
            before = int(rows[-1]["id"])
    assert len(seen) == len(set(seen)) == PAGE + 6


async def test_the_newest_stands_first_with_names_of_today(sqlite: Database) -> None:
    account, user = await make_account(sqlite)
    await note(
        sqlite,
        account,
        done("user.invited", by=user, user=user),
        done("template.category_changed", by=None, minutes=1),
        done("actor.erased", by=None, minutes=2, actor=4711),
    )
    assert await said(sqlite, account) == [
        "The system erased the data of somebody who is not there any more",
        "The system changed a template's category",
        "Marta invited Marta",
    ]
    assert (await said(sqlite, account, language="it"))[-1] == "Marta ha invitato Marta"


async def test_one_looks_by_person_and_by_kind(sqlite: Database) -> None:
    account, user = await make_account(sqlite)
    await note(
        sqlite,
        account,
        done("user.two_factor_on", by=user),
        done("connection.connected", by=user),
        done("connection.disconnected", by=None, minutes=1),
    )
    assert len(await said(sqlite, account, TrailFilter(person=user))) == 2
    assert len(await said(sqlite, account, TrailFilter(kind=AuditKind.CONNECTION))) == 2
    both = TrailFilter(user, AuditKind.ACCESS)
    assert await said(sqlite, account, both) == ["Marta switched on two-step verification"]


async def test_another_companys_trail_and_names_stay_with_it(sqlite: Database) -> None:
    account, user = await make_account(sqlite)
    other, stranger = await make_account(sqlite, "Another", "other@example.com")
    await note(sqlite, account, done("user.invited", by=user, user=stranger))
    assert await said(sqlite, other) == []
    assert await said(sqlite, account) == ["Marta invited somebody who is not there any more"]


@pytest.mark.parametrize("language", ["en", "it", "es"])
def test_every_sentence_takes_its_fields(language: str) -> None:
    known = {"who", "name", "title", "what"}
    for pattern in sentences._patterns(language).values():
        assert {field for _, field, _, _ in Formatter().parse(pattern) if field} <= known


@pytest.mark.parametrize(
    ("by", "who"),
    [
        ("meta", "Meta"),
        ("api", "The API"),
        ("command line", "The operator of the installation"),
        ("", "The system"),
    ],
)
def test_who_is_no_person_is_named(by: str, who: str) -> None:
    nobody = Named("", "")
    assert sentence("en", "import.undone", {"by": by}, nobody) == f"{who} undid an import"
    assert sentence("en", "new.word", {"by": by}, nobody) == f"{who}: new.word"


def test_a_name_with_braces_is_a_name() -> None:
    named = Named("{name}", "{0}")
    assert sentence("en", "user.invited", {}, named) == "{name} invited {0}"
