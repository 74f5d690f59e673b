"""Templates as lists show them: paged, the newest or the ready ones first, none of others."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from inbox_app.channels.whatsapp.templates.draft import Other
from inbox_app.database import Database
from inbox_app.domain.templates import TemplateState
from inbox_app.models import ConnectionState
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.queries.templates import templates
from tests.support.factories import World, make_account
from tests.support.templates import CHECK_IN, here

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("text is searched and sorted")]


@pytest.fixture
async def shelf(database: Database, world: World, now: datetime) -> int:
    """The account's id; five templates are its, one is gone, one another company's."""
    rows: list[dict[str, Any]] = [
        {"name": "zeta", "internal_name": "Zeta", "text": "Arrivederci"},
        {"name": "alfa", "internal_name": "alfa", "meta_status": "PENDING"},
        {"name": "alfa", "internal_name": "alfa", "language": "en", "text": "Hello {{1}}"},
        {"name": "beta", "internal_name": "Beta 100%", "meta_status": "REJECTED"},
        {"name": "beta_2", "internal_name": "beta", "category": "marketing", "text": "Novità"},
        {"name": "gone", "hidden_at": now},
    ]
    async with database.transaction() as session:
        for row in rows:
            await here(session, world, now, **row)
        other = await make_account(session, now)
        await here(session, world, now, "theirs", account_id=other)
    return world.account_id


async def names(database: Database, account_id: int, **asked: Any) -> list[str]:
    async with database.reading() as session:
        rows, _ = await templates.page(session, account_id, limit=50, **asked)
    return [row["name"] for row in rows]


async def test_the_newest_comes_first_then_pages_follow_one_another_by_name_whatever_its_case(
    database: Database, world: World, now: datetime, shelf: int
) -> None:
    async with database.transaction() as session:
        for name, later in (("newer", 1), ("newest", 2), ("also newer", 1)):
            await here(session, world, now + timedelta(minutes=later), name)
    found: list[str] = []
    after: templates.After | None = None
    async with database.reading() as session:
        for _ in range(10):
            rows, after = await templates.page(session, shelf, limit=2, after=after)
            found += [f"{row['name']} {row['language']}" for row in rows]
            if after is None:
                break
    assert found == [
        *("newest it", "also newer it", "newer it"),
        *("alfa it", "alfa en", "beta it", "Beta 100% it", "Zeta it"),
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": TemplateState.ACCEPTED}, ["beta", "Zeta"]),
        ({"state": TemplateState.INCOMPATIBLE}, ["alfa"]),
        ({"language": "en"}, ["alfa"]),
        ({"search": " ARRIV "}, ["Zeta"]),
        ({"search": "beta_2"}, ["beta"]),
        ({"search": "100%"}, ["Beta 100%"]),
        ({"search": "_"}, ["beta"]),
        ({"search": "theirs"}, []),
        ({"search": "gone"}, []),
        ({"state": TemplateState.PENDING, "language": "it", "search": "check"}, ["alfa"]),
    ],
)
async def test_a_page_holds_what_was_asked_for(
    database: Database, shelf: int, asked: dict[str, Any], found: list[str]
) -> None:
    assert await names(database, shelf, **asked) == found


async def test_those_that_go_out_and_the_others_the_nearest_to_it_first(
    database: Database, shelf: int
) -> None:
    async def told(**asked: Any) -> list[tuple[str, str]]:
        wanted: dict[str, Any] = {"limit": 50} | asked
        rows = await templates.by_readiness(session, shelf, **wanted)
        return [(row["name"], row["state"]) for row in rows]

    others = [("alfa", "pending"), ("alfa", "incompatible"), ("Beta 100%", "cancelled")]
    async with database.reading() as session:
        assert await told(goes_out=True) == [("beta", "accepted"), ("Zeta", "accepted")]
        assert await told(goes_out=True, limit=1) == [("beta", "accepted")]
        assert await told(goes_out=False) == others
        assert await told(goes_out=True, without_marketing=True) == [("Zeta", "accepted")]
        assert await told(goes_out=False, without_marketing=True) == [
            ("beta", "accepted"),
            *others,
        ]


async def test_one_is_shown_to_its_company_only(
    database: Database, shelf: int, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now, "Terza")
        template = await here(session, world, now)
        gone = await here(session, world, now, "gone_2", hidden_at=now)
        found = await templates.one(session, shelf, template.id)
        assert found is not None
        assert (found["meta_name"], found["body"]) == ("check_in", CHECK_IN)
        assert await templates.one(session, other, template.id) is None
        assert await templates.one(session, shelf, gone.id) is None


async def test_they_are_counted_by_state_and_their_languages_listed(
    database: Database, shelf: int
) -> None:
    async with database.reading() as session:
        assert await templates.counts(session, shelf) == {
            "accepted": 2,
            "pending": 1,
            "incompatible": 1,
            "cancelled": 1,
        }
        assert await templates.languages(session, shelf) == ["en", "it"]
        assert await templates.others(session, shelf, language="en") == [
            Other("alfa", "en", "Hello {{1}}")
        ]


async def test_what_stands_around_the_list_is_the_connections(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        number = await active_number(session, world.account_id)
        assert number is not None
        connection = number.connection
        number.templates_read_at = now - timedelta(minutes=5)
        number.templates_failure = "Rate limit hit"
        found = await templates.sync(session, world.account_id)
        assert found["read_at"] == (now - timedelta(minutes=5)).timestamp() * 1000
        assert (found["failure"], found["reading"]) == ("Rate limit hit", False)
        assert found["may_manage"]
        number.templates_wanted_at = now
        connection.state = ConnectionState.CREDENTIALS_REFUSED
        found = await templates.sync(session, world.account_id)
        assert (found["reading"], found["may_manage"]) == (True, False)
        connection.state = ConnectionState.DISCONNECTED
        found = await templates.sync(session, world.account_id)
        assert found == {"read_at": 0, "failure": "", "reading": False, "may_manage": False}


async def test_a_language_without_its_country_stands_for_all_of_its_countries(
    database: Database, shelf: int, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        for code in ("en_GB", "en_US", "fr"):
            await here(session, world, now, f"in_{code.lower()}", language=code)
        await here(session, world, now, "in_english_by_name_only", language="eno")
    assert await names(database, shelf, language="en") == ["alfa", "in_en_gb", "in_en_us"]
    assert await names(database, shelf, language="en_GB") == ["in_en_gb"]
