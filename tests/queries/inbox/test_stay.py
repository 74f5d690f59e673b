"""The reservations beside a conversation (P3, P4)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.saved_replies import ReplyField
from inbox_app.domain.stays.stays import NO_GUESTS, ReservationStatus, local_date
from inbox_app.models import Accommodation, Conversation
from inbox_app.queries.api.conversations import conversation
from inbox_app.queries.inbox.home_facts import code_of
from inbox_app.queries.inbox.list.conversation_rows import facts, rows
from inbox_app.queries.inbox.stay import primary_stay, stays_of
from inbox_app.vault import Vault
from tests.queries.conversations import begin, book
from tests.support.factories import World, make_account

pytestmark = pytest.mark.anyio

WEEK = timedelta(days=7)
VAULT = Vault("the key of this installation")
HONOLULU = "Pacific/Honolulu"


@pytest.mark.postgresql("days are sorted")
async def test_the_stay_that_is_on_comes_first_then_the_latest(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        for code, weeks in (("NEXT", 1), ("NOW", 0), ("PAST", -2)):
            day = now.date() + weeks * WEEK
            dates = {"check_in": day - timedelta(days=1), "check_out": day + timedelta(days=3)}
            await book(session, world.account_id, world.ada_id, now, code, **dates)
        found = await stays_of(session, world.account_id, talk.id, now)
        first = await primary_stay(session, world.account_id, [world.ada_id], now)
    assert [stay["code"] for stay in found] == ["NOW", "NEXT", "PAST"]
    assert (found[0]["phase"], found[0]["night"], found[0]["nights"]) == ("in_house", 2, 4)
    assert first[world.ada_id].reservation.code == "NOW"


@pytest.mark.postgresql("days are compared")
@pytest.mark.parametrize("status", list(ReservationStatus))
@pytest.mark.parametrize("leaves", [-1, 0, 1])
async def test_row_panel_and_api_tell_the_same_of_a_stay(
    database: Database, world: World, now: datetime, status: ReservationStatus, leaves: int
) -> None:
    account = world.account_id
    async with database.transaction() as session:
        talk = await begin(session, account, now, "393471234567", actor_id=world.ada_id)
        for code, zone in (("EAST", "Pacific/Kiritimati"), ("WEST", HONOLULU)):
            there = local_date(now, zone)
            dates = {"check_in": there - WEEK, "check_out": there + timedelta(days=leaves)}
            await book(
                session, account, world.ada_id, now, code, status=status, timezone=zone, **dates
            )
        chosen = facts().where(col(Conversation.id) == talk.id)
        (row,) = await rows(session, account, chosen, now)
        panel = await stays_of(session, account, talk.id, now)
        api = await conversation(session, account, talk.id, now)
    assert api is not None
    if status in NO_GUESTS:
        assert (row["stay_phase"], panel, api.reservation) == ("", [], None)
        return
    assert (row["stay_phase"], row["accommodation"]) == (
        panel[0]["phase"],
        panel[0]["accommodation"],
    )
    assert api.reservation is not None
    assert api.reservation.code == panel[0]["code"]
    assert {stay["phase"] for stay in panel} == {panel[0]["phase"]}


async def test_each_of_several_stays_is_seen_on_the_date_of_its_own_home(
    database: Database, world: World
) -> None:
    at = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, at, "393471234567", actor_id=world.ada_id)
        day = timedelta(days=1)
        for code, zone, first in (("LEFT", "Pacific/Kiritimati", -2), ("NEXT", HONOLULU, 3)):
            dates = {
                "check_in": at.date() + first * day,
                "check_out": at.date() + (first + 2) * day,
            }
            await book(session, world.account_id, world.ada_id, at, code, timezone=zone, **dates)
        found = await stays_of(session, world.account_id, talk.id, at)
    assert [(stay["code"], stay["phase"]) for stay in found] == [
        ("NEXT", "upcoming"),
        ("LEFT", "departed"),
    ]


async def test_amounts_travel_as_they_are_written(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        money = {"total": Decimal("1240.50"), "balance": Decimal(0), "currency": "EUR"}
        await book(session, world.account_id, world.ada_id, now, "A1", **money)
        (stay,) = await stays_of(session, world.account_id, talk.id, now)
    assert (stay["total"], stay["balance"], stay["currency"]) == ("1240.50", "0.00", "EUR")
    assert stay["people"] == [
        {"name": "Ada Bianchi", "initials": "AB", "kind": "guest", "conversation_id": str(talk.id)}
    ]


@pytest.mark.postgresql("its statements")
async def test_who_has_no_reservation_has_no_stay(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(
            session, world.account_id, now, "390541777888", actor_id=world.pulizie_rossi_id
        )
        nobody = await begin(session, world.account_id, now, "14155550100")
        assert await stays_of(session, world.account_id, talk.id, now) == []
        assert await stays_of(session, world.account_id, nobody.id, now) == []


async def test_stays_of_another_account_do_not_exist(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        await book(session, world.account_id, world.ada_id, now, "A1")
        other = await make_account(session, now)
        assert await stays_of(session, other, talk.id, now) == []


@pytest.mark.postgresql("its statements")
@pytest.mark.parametrize(
    ("status", "told"),
    [
        (ReservationStatus.CONFIRMED, True),
        (ReservationStatus.PENDING, False),
        (ReservationStatus.COMPLETED, False),
    ],
)
async def test_the_panel_has_the_facts_and_a_code_only_when_it_is_asked_for_and_may_be_told(
    database: Database, world: World, now: datetime, status: ReservationStatus, told: bool
) -> None:
    """S3"""
    account, code = world.account_id, ReplyField.DOOR_CODE
    async with database.transaction() as session:
        talk = await begin(session, account, now, "393471234567", actor_id=world.ada_id)
        await book(session, account, world.ada_id, now, "A1", status=status)
        home = (await session.exec(select(Accommodation))).one()
        home.door_code_encrypted = VAULT.encrypt("2741#")
        home.parking, home.house_rules = "Nel cortile", "Silenzio\n" * 4
        session.add(home)
        (stay,) = await stays_of(session, account, talk.id, now)
        booked = int(stay["id"])
        shown = await code_of(session, account, booked, code, now, VAULT)
        other = await make_account(session, now)
        assert await code_of(session, other, booked, code, now, VAULT) == ""
        assert await code_of(session, account, booked, ReplyField.PARKING, now, VAULT) == ""
    facts = {fact["key"]: (fact["value"], fact["secret"], fact["long"]) for fact in stay["facts"]}
    assert facts.pop(code, None) == (("", True, False) if told else None)
    assert facts == {
        ReplyField.PARKING: ("Nel cortile", False, False),
        ReplyField.HOUSE_RULES: ("Silenzio\n" * 4, False, True),
    }
    assert (shown, stay["withheld"]) == (("2741#", False) if told else ("", True))
