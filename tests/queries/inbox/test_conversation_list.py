"""Which conversations stand in the list, in which order, and what their rows say (P1, P5, A1)."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind
from inbox_app.models import Actor, Conversation, Draft, LastInbound
from inbox_app.queries.inbox.list.conversation_list import page
from inbox_app.queries.inbox.list.conversation_rows import drafts, facts, rows, seen_by
from inbox_app.queries.inbox.list.counts import Pressing, pressing, unread_by
from inbox_app.queries.inbox.list.list_order import Cursor
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.queries.inbox.rows import ConversationRow
from tests.queries.conversations import begin, book, open_window, say
from tests.support.factories import World, add, make_account

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("text is searched, times are sorted")]

HOUR = timedelta(hours=1)


async def _rows(
    session: AsyncSession, world: World, id_: int, now: datetime
) -> list[ConversationRow]:
    chosen = facts().where(col(Conversation.id) == id_)
    return await rows(session, world.account_id, chosen, now)


@pytest.fixture
async def names(database: Database, world: World, now: datetime) -> dict[str, int]:
    """Conversations by the name of their case, the first the newest."""
    async with database.transaction() as session:
        account = world.account_id
        ada = await begin(session, account, now, "393471234567", actor_id=world.ada_id)
        await say(session, ada, now, "Arriviamo alle 16, 100% sicuro")
        await open_window(session, ada, now - HOUR)
        await book(session, account, world.ada_id, now, "HMX4")
        owner = await begin(
            session, account, now - HOUR, "393489876543", actor_id=world.giuseppe_id
        )
        await open_window(session, owner, now - 20 * HOUR)
        rossi = await begin(
            session,
            account,
            now - 2 * HOUR,
            "390541777888",
            actor_id=world.pulizie_rossi_id,
            assigned_to=world.marta_id,
        )
        unknown = await begin(session, account, now - 3 * HOUR, "14155550123")
        group = await begin(session, account, now - 4 * HOUR, None, group_id="g1")
        old = await begin(session, account, now - 5 * HOUR, "14155550100", archived_at=now)
        stranger = await begin(session, await make_account(session, now), now, "393471234567")
        found = {
            "ada": ada,
            "owner": owner,
            "rossi": rossi,
            "unknown": unknown,
            "group": group,
            "archived": old,
            "of another account": stranger,
        }
        return {name: conversation.id for name, conversation in found.items()}


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        (Filter.ALL, ["ada", "owner", "rossi", "unknown", "group"]),
        (Filter.UNREAD, ["ada"]),
        (Filter.MINE, ["rossi"]),
        (Filter.UNASSIGNED, ["ada", "owner", "unknown", "group"]),
        (Filter.GUESTS, ["ada"]),
        (Filter.OWNERS, ["owner"]),
        (Filter.SUPPLIERS, ["rossi"]),
        (Filter.UNKNOWN, ["unknown"]),
        (Filter.EXPIRING, ["owner"]),
        (Filter.ARCHIVED, ["archived"]),
    ],
)
async def test_each_filter_shows_its_own_newest_first(
    database: Database,
    world: World,
    now: datetime,
    names: dict[str, int],
    filter_: Filter,
    expected: list[str],
) -> None:
    view = View(world.account_id, filter_, user_id=world.marta_id)
    async with database.reading() as session:
        found = await page(session, view, now, limit=50)
    assert [int(row["id"]) for row in found] == [names[name] for name in expected]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("bianchi", ["ada"]),
        ("ADA", ["ada"]),
        ("hmx4", ["ada"]),
        ("16, 100%", ["ada"]),
        ("arriv alle", ["ada"]),
        ("rriviamo", []),
        ("alle 17", []),
        ("%", []),
        ("347 123", ["ada"]),
        ("+39 348 987", ["owner"]),
        ("0039 348 987", ["owner"]),
        ("39", ["ada", "owner", "rossi"]),
        ("nobody at all", []),
    ],
)
async def test_search_finds_names_numbers_codes_and_words(
    database: Database,
    world: World,
    now: datetime,
    names: dict[str, int],
    search: str,
    expected: list[str],
) -> None:
    view = View(world.account_id, search=search)
    async with database.reading() as session:
        found = await page(session, view, now, limit=50)
    assert [int(row["id"]) for row in found] == [names[name] for name in expected]


async def test_pages_follow_one_another_without_a_gap(
    database: Database, world: World, now: datetime, names: dict[str, int]
) -> None:
    view = View(world.account_id)
    async with database.reading() as session:
        first = await page(session, view, now, limit=2)
        after = Cursor(now - HOUR, int(first[-1]["id"]))
        rest = await page(session, view, now, limit=2, after=after)
    assert [int(row["id"]) for row in (*first, *rest)] == [
        names[name] for name in ("ada", "owner", "rossi", "unknown")
    ]


async def test_a_row_tells_who_what_and_how_long(
    database: Database, world: World, now: datetime, names: dict[str, int]
) -> None:
    async with database.reading() as session:
        (row,) = await _rows(session, world, names["ada"], now)
    assert row["name"] == "Ada Bianchi"
    assert row["initials"] == "AB"
    assert row["kind"] == "guest"
    assert row["preview_text"] == "Arriviamo alle 16, 100% sicuro"
    assert (row["preview_kind"], row["preview_out"], row["preview_status"]) == ("text", False, "")
    assert row["unread"] == 1
    assert row["window"] == "open"
    assert row["closes_at"] == (now + 23 * HOUR).timestamp() * 1000
    assert row["stay_phase"] == "arriving_today"
    assert row["stay_date"] == date(2026, 11, 23).isoformat()
    assert row["accommodation"] == "Casa HMX4"


async def test_who_is_unknown_is_called_by_the_number(
    database: Database, world: World, now: datetime, names: dict[str, int]
) -> None:
    async with database.reading() as session:
        (row,) = await _rows(session, world, names["unknown"], now)
    assert (row["name"], row["name_is_number"]) == ("+1 415-555-0123", True)
    assert (row["kind"], row["initials"], row["window"]) == ("unknown", "", "never")
    assert (row["preview_kind"], row["preview_text"]) == ("", "")


async def test_our_own_message_shows_its_tick(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567")
        out = {"direction": Direction.OUT, "status": DeliveryStatus.DELIVERED}
        await say(session, talk, now, "A presto", **out)
        (row,) = await _rows(session, world, talk.id, now)
    assert (row["preview_out"], row["preview_status"], row["unread"]) == (True, "delivered", 0)


async def test_a_place_speaks_by_its_name(database: Database, world: World, now: datetime) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567")
        place = {"location": {"latitude": 44.0, "longitude": 12.5, "name": "Porto"}}
        await say(session, talk, now, "", kind=MessageKind.LOCATION, details=place)
        (row,) = await _rows(session, world, talk.id, now)
    assert (row["preview_kind"], row["preview_text"]) == ("location", "Porto")


async def test_a_draft_is_seen_by_its_writer_alone(
    database: Database, world: World, now: datetime, names: dict[str, int]
) -> None:
    draft = Draft(
        account_id=world.account_id,
        user_id=world.marta_id,
        conversation_id=names["ada"],
        text="Vi aspettiamo\nalle 16",
        updated_at=now,
    )
    async with database.transaction() as session:
        await add(session, draft)
        found = await _rows(session, world, names["ada"], now)
        hers = await drafts(session, world.account_id, world.marta_id, [row["id"] for row in found])
        nobodys = await drafts(
            session, world.account_id, world.marta_id + 1, [row["id"] for row in found]
        )
    assert seen_by(found, hers, (), {})[0]["draft"] == "Vi aspettiamo alle 16"
    assert seen_by(found, nobodys, (), {})[0]["draft"] == ""


async def test_rows_of_another_account_do_not_exist(
    database: Database, world: World, now: datetime, names: dict[str, int]
) -> None:
    async with database.reading() as session:
        assert await _rows(session, world, names["of another account"], now) == []


async def test_an_archived_actor_keeps_the_name(
    database: Database, world: World, now: datetime, names: dict[str, int]
) -> None:
    async with database.transaction() as session:
        actor = await session.get_one(Actor, world.ada_id)
        actor.archived_at = now
        session.add(actor)
    async with database.reading() as session:
        (row,) = await _rows(session, world, names["ada"], now)
    assert row["name"] == "Ada Bianchi"


async def test_the_chips_count(
    database: Database, world: World, now: datetime, names: dict[str, int]
) -> None:
    async with database.reading() as session:
        found = await pressing(session, world.account_id, now)
        unread = await unread_by(session, world.account_id, world.marta_id)
    assert (found, unread) == (Pressing(to_answer=1, expiring=1), 1)


async def test_a_window_that_meta_closed_is_closed_in_the_list_until_they_write_again(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "14155550100")
        await open_window(session, talk, now - 20 * HOUR)
        await say(
            session,
            talk,
            now - HOUR,
            "Eccomi",
            direction=Direction.OUT,
            status=DeliveryStatus.FAILED,
            error_code=131047,
            queued_at=now - HOUR,
            connection_id=world.connection_id,
        )
        ((shut,), expiring) = await _seen_in_the_list(session, world, talk.id, now)
        window = (await session.exec(select(LastInbound))).one()
        window.last_inbound_at = now - HOUR / 2
        ((open_again,), _) = await _seen_in_the_list(session, world, talk.id, now)
    assert (shut["window"], expiring) == ("closed", 0)
    assert open_again["window"] == "open"


async def _seen_in_the_list(
    session: AsyncSession, world: World, id_: int, now: datetime
) -> tuple[list[ConversationRow], int]:
    found = await pressing(session, world.account_id, now)
    return await _rows(session, world, id_, now), found.expiring


async def test_what_closes_first_stands_first_among_what_closes_soon(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        for number, (came, last) in enumerate([(1, 19), (2, 23), (3, 19), (4, 21), (5, 3)]):
            talk = await begin(session, world.account_id, now - came * HOUR, f"1415555010{number}")
            await open_window(session, talk, now - last * HOUR)
    view = View(world.account_id, Filter.EXPIRING)
    async with database.reading() as session:
        all_ = await page(session, view, now, limit=10)
        last = all_[1]
        after = Cursor(now - 21 * HOUR, int(last["id"]))
        rest = await page(session, view, now, limit=10, after=after)

    closes = [row["closes_at"] for row in all_]
    assert len(closes) == 4
    assert closes == sorted(closes)
    assert [row["id"] for row in rest] == [row["id"] for row in all_[2:]]
