"""Saved replies on a real database: kept, found, filled in for a conversation (M8, S3)."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.saved_replies import ReplyProblem
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Accommodation, Actor, Reservation
from inbox_app.queries.saved_replies import saved_replies
from inbox_app.queries.saved_replies.filled_replies import filled_replies
from inbox_app.queries.saved_replies.rows import FilledReplyRow
from inbox_app.services.saved_replies.write_reply import (
    ReplyRefusedError,
    create_reply,
    delete_reply,
    note_use,
    replace_reply,
)
from inbox_app.vault import Vault
from tests.queries.conversations import begin, book
from tests.support.factories import World, make_account

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]

VAULT = Vault("the key of this installation")
DOOR = {
    "it": "Ciao {first_name}, codice {door_code} dal {check_in}, saldo {balance}",
    "en": "Hi {first_name}, code {door_code} from {check_in}, {balance} to pay",
}


async def _write(
    session: AsyncSession, account_id: int, now: datetime, **replies: str
) -> list[int]:
    made = [
        await create_reply(session, account_id, name, {"it": text}, author_id=None, now=now)
        for name, text in replies.items()
    ]
    return [reply.id for reply in made]


async def test_the_most_used_come_first_and_words_are_found_in_name_and_text(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        ids = await _write(
            session, world.account_id, now, Wifi="rete 100%", Porta="Codice", Bici="Garage"
        )
        await note_use(session, world.account_id, ids[1], now)
        await note_use(session, await make_account(session, now), ids[0], now)
        everything = await saved_replies.found(session, world.account_id, reader="it", limit=9)
        by_text = await saved_replies.found(
            session, world.account_id, words="100%", reader="it", limit=9
        )
        by_name = await saved_replies.found(
            session, world.account_id, words="PORTA", reader="it", limit=9
        )
    assert [row["name"] for row in everything] == ["Porta", "Bici", "Wifi"]
    assert everything[0]["use_count"] == 1
    assert [row["name"] for row in by_text] == ["Wifi"]
    assert [row["name"] for row in by_name] == ["Porta"]


async def test_a_name_belongs_to_one_reply_whatever_its_case(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        first, second = await _write(session, world.account_id, now, Porta="a", Bici="b")
        with pytest.raises(ReplyRefusedError) as taken:
            await _write(session, world.account_id, now, PORTA="c")
        with pytest.raises(ReplyRefusedError) as renamed:
            await replace_reply(session, world.account_id, second, "porta", {"it": "b"}, now)
        await _write(session, await make_account(session, now), now, Porta="theirs")
    assert taken.value.problem is renamed.value.problem is ReplyProblem.NAME_TAKEN
    async with database.reading() as session:
        kept = await saved_replies.one(session, world.account_id, second)
        assert (await saved_replies.one(session, world.account_id, first)) is not None
    assert kept is not None
    assert kept.name == "Bici"


async def test_another_company_has_no_such_reply(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        (reply,) = await _write(session, world.account_id, now, Porta="a")
        other = await make_account(session, now)
        with pytest.raises(NotFoundError):
            await replace_reply(session, other, reply, "Mia", {"it": "x"}, now)
        with pytest.raises(NotFoundError):
            await delete_reply(session, other, reply)
        assert await saved_replies.one(session, other, reply) is None
        assert await saved_replies.texts_of(session, other, [reply]) == {}
        await delete_reply(session, world.account_id, reply)
        assert await saved_replies.count(session, world.account_id) == 0


async def _door(
    session: AsyncSession, world: World, now: datetime, *, status: ReservationStatus | None
) -> int:
    """Ada's conversation; with a stay that begins next week, in a home with a code."""
    await create_reply(session, world.account_id, "Porta", DOOR, author_id=None, now=now)
    ada = await session.get_one(Actor, world.ada_id)
    ada.language = "en-GB"
    if status is not None:
        day = (now + timedelta(days=7)).date()
        dates = {"check_in": day, "check_out": day + timedelta(days=3)}
        await book(session, world.account_id, world.ada_id, now, "CB-1", status=status, **dates)
        home = (await session.exec(select(Accommodation))).one()
        home.door_code_encrypted = VAULT.encrypt("4711")
        stay = (await session.exec(select(Reservation))).one()
        stay.balance, stay.currency = Decimal("1250.50"), "EUR"
    await session.flush()
    talk = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
    return talk.id


async def _filled(
    session: AsyncSession, account_id: int, talk: int, now: datetime
) -> FilledReplyRow:
    (reply,) = (await filled_replies(session, account_id, talk, now, VAULT, limit=9))["replies"]
    return reply


async def test_no_more_are_filled_in_than_are_shown_and_words_find_the_others(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await _door(session, world, now, status=None)
        await _write(session, world.account_id, now, Wifi="rete e codice", Bici="Garage")
        most = await filled_replies(session, world.account_id, talk, now, VAULT, limit=2)
        sought = await filled_replies(
            session, world.account_id, talk, now, VAULT, words="codice RETE", limit=2
        )
    assert ([row["name"] for row in most["replies"]], most["more"]) == (["Bici", "Porta"], True)
    assert ([row["name"] for row in sought["replies"]], sought["more"]) == (["Wifi"], False)
    assert (sought["thread"], sought["words"]) == (str(talk), "codice RETE")


async def test_a_reply_is_filled_in_in_the_guests_language(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await _door(session, world, now, status=ReservationStatus.CONFIRMED)
        reply = await _filled(session, world.account_id, talk, now)
    assert reply["language"] == "en"
    assert reply["text"] == "Hi Ada, code 4711 from November 30, €1,250.50 to pay"
    assert (reply["missing"], reply["withheld"]) == ([], [])


@pytest.mark.parametrize(
    ("status", "missing"),
    [(ReservationStatus.INQUIRY, []), (None, ["check_in", "balance"])],
)
async def test_codes_are_withheld_from_who_has_no_confirmed_stay(
    database: Database,
    world: World,
    now: datetime,
    status: ReservationStatus | None,
    missing: list[str],
) -> None:
    async with database.transaction() as session:
        talk = await _door(session, world, now, status=status)
        reply = await _filled(session, world.account_id, talk, now)
    assert "4711" not in reply["text"]
    assert "{door_code}" in reply["text"]
    assert (reply["missing"], reply["withheld"]) == (missing, ["door_code"])


async def test_another_companys_conversation_is_filled_in_for_nobody(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await _door(session, world, now, status=ReservationStatus.CONFIRMED)
        other = await make_account(session, now)
        await _write(session, other, now, Porta="{first_name}")
        theirs = await filled_replies(session, other, talk, now, VAULT, limit=9)
    assert theirs["replies"] == []
