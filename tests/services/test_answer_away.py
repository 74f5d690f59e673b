"""Who writes out of hours hears when they are answered, once a night (S4)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select, update

from inbox_app import clock
from inbox_app.database import Database
from inbox_app.domain.messages import Origin
from inbox_app.domain.opening_hours import AWAY
from inbox_app.models import (
    Actor,
    Address,
    AuditEntry,
    Conversation,
    ConversationLabel,
    Label,
    Message,
    Outbox,
)
from inbox_app.queries.accounts.away import away_of
from inbox_app.services.away.answer_away import LEAVES_AFTER
from inbox_app.services.away.set_away import set_away
from inbox_app.services.sending.later_sends import release_due
from inbox_app.services.sending.send import queue_text
from inbox_app.services.sending.send_later import cancel_later
from tests.support.factories import OUR_NUMBER, World
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import ADA, change, message, post, reacts, says, text

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements there")]
NIGHT = datetime(2026, 11, 27, 21, 0, tzinfo=UTC)
"""A Friday; it opens on Monday."""
GAIA = "393339998877"
NOON = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
Hear = Callable[[bytes, datetime], Awaitable[None]]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def inbox(database: Database, world: World) -> Inbox:
    async with database.transaction() as session:
        away = await away_of(session, world.account_id)
        words = ("perdita", "chiusi fuori")
        chosen = replace(away, answers=True, urgent_words=words)
        await set_away(session, world.account_id, world.marta_id, chosen, NOON)
    return open_inbox(database)


@pytest.fixture
def hear(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> Hear:
    """What comes is understood at once."""

    async def heard(body: bytes, at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)
        await inbox.hear(body, at=at)

    return heard


async def _waiting(database: Database) -> list[Outbox]:
    query = select(Outbox).where(col(Outbox.client_ref).startswith(AWAY)).order_by(col(Outbox.id))
    async with database.reading() as session:
        return list(await session.exec(query))


async def _left(database: Database, at: datetime) -> list[Message]:
    """The automatic texts that are messages now."""
    async with database.transaction() as session:
        await release_due(session, at)
    query = (
        select(Message).where(col(Message.client_ref).startswith(AWAY)).order_by(col(Message.id))
    )
    async with database.reading() as session:
        return list(await session.exec(query))


async def test_they_hear_once_a_night_and_still_wait_for_a_person(
    database: Database, world: World, inbox: Inbox, hear: Hear
) -> None:
    for number in range(3):
        at = NIGHT + number * MINUTE
        await hear(says("Ciao?", f"wamid.{number}", at), at)
    assert await _left(database, NIGHT) == []
    (text,) = await _left(database, NIGHT + 3 * MINUTE)
    assert text.text == (
        "Grazie per il tuo messaggio. Ora siamo chiusi: "
        "ti rispondiamo lunedì 30 novembre alle 9:00."
    )
    talk = await inbox.only(Conversation)
    assert talk.waiting_since == NIGHT
    later = NIGHT + 30 * HOUR
    await hear(says("Ancora", "wamid.sunday", later), later)
    assert await _waiting(database) == []
    monday = NIGHT + 72 * HOUR
    await hear(says("Di nuovo", "wamid.monday", monday), monday)
    (another,) = await _waiting(database)
    assert "martedì 1 dicembre" in str(another.text)


async def test_it_is_in_their_language(database: Database, world: World, hear: Hear) -> None:
    async with database.transaction() as session:
        ada = await session.get_one(Actor, world.ada_id)
        ada.language = "es-AR"
        session.add(ada)
    await hear(says("Hola", "wamid.1", NIGHT), NIGHT)
    (row,) = await _waiting(database)
    assert "lunes 30 de noviembre a las 9:00" in str(row.text)


async def test_nobody_hears_it_whom_a_person_answers(
    database: Database, world: World, inbox: Inbox, hear: Hear
) -> None:
    await hear(says("Ciao", "wamid.1", NIGHT), NIGHT)
    talk = await inbox.only(Conversation)
    async with database.transaction() as session:
        await queue_text(
            session, account_id=world.account_id, conversation_id=talk.id, text="Eccomi",
            author_id=world.marta_id, origin=Origin.PM, client_ref=None, now=NIGHT + MINUTE / 4,
        )  # fmt: skip
    assert await _left(database, NIGHT + MINUTE) == []
    assert await _waiting(database) == []
    again = NIGHT + 2 * MINUTE
    await hear(says("Grazie", "wamid.2", again), again)
    assert await _waiting(database) == [], "somebody is there tonight"


async def test_nobody_hears_it_who_is_blocked_before_it_leaves(
    database: Database, hear: Hear
) -> None:
    """It fails in no thread: nobody wrote it (W7, S4)."""
    await hear(says("Ciao", "wamid.1", NIGHT), NIGHT)
    async with database.transaction() as session:
        await session.exec(update(Address).values(blocked_at=NIGHT))
    assert await _left(database, NIGHT + MINUTE) == []
    assert await _waiting(database) == []


async def test_what_a_person_took_back_does_not_come_again(
    database: Database, world: World, inbox: Inbox, hear: Hear
) -> None:
    await hear(says("Ciao", "wamid.1", NIGHT), NIGHT)
    (row,) = await _waiting(database)
    async with database.transaction() as session:
        of = {"account_id": world.account_id, "id_": row.id, "user_id": None}
        await cancel_later(session, **of, now=NIGHT)
    await hear(says("Ciao?", "wamid.2", NIGHT + MINUTE), NIGHT + MINUTE)
    assert await _waiting(database) == []


@pytest.mark.parametrize("case", ["open", "blocked", "late", "reaction"])
async def test_it_is_not_for_everything(
    database: Database, world: World, hear: Hear, case: str
) -> None:
    await hear(says("Ciao", "wamid.1", NOON), NOON)
    assert await _waiting(database) == []
    if case == "blocked":
        async with database.transaction() as session:
            await session.exec(update(Address).values(blocked_at=NOON))
    body = reacts("wamid.1", "wamid.2", NIGHT) if case == "reaction" else None
    sent = NIGHT - HOUR if case == "late" else NIGHT
    at = NOON + MINUTE if case == "open" else NIGHT
    await hear(body or says("Ciao?", "wamid.2", min(sent, at)), at)
    assert await _waiting(database) == []


def _in_group(at: datetime) -> bytes:
    said = {"type": "text", "text": {"body": "Perdita!"}, "group_id": "120363@g.us"}
    return post(change(messages=[message("wamid.g", at, said)]))


def _echo(at: datetime) -> bytes:
    echo = message("wamid.e", at, {"type": "text", "text": {"body": "Perdita!"}}, OUR_NUMBER[1:])
    return post(change(message_echoes=[echo | {"to": ADA}]) | {"field": "smb_message_echoes"})


def _history(at: datetime) -> bytes:
    said = message("wamid.h", at, {"type": "text", "text": {"body": "Perdita!"}})
    told = {
        "metadata": {"phase": 0, "chunk_order": 1, "progress": 50},
        "threads": [{"id": ADA, "messages": [said]}],
    }
    return post(change(history=[told]) | {"field": "history"})


@pytest.mark.parametrize("body", [_in_group, _echo, _history])
async def test_groups_what_we_wrote_and_the_past_are_neither_answered_nor_urgent(
    database: Database, inbox: Inbox, hear: Hear, body: Callable[[datetime], bytes]
) -> None:
    await hear(body(NIGHT), NIGHT)
    assert len(await inbox.all(Message)) == 1
    assert await _waiting(database) == []
    assert await inbox.all(ConversationLabel) == []


async def test_an_answer_that_left_is_no_echo_to_answer_and_they_hear_it_once(
    database: Database, inbox: Inbox, hear: Hear
) -> None:
    await hear(says("Ciao", "wamid.1", NIGHT), NIGHT)
    assert len(await _left(database, NIGHT + MINUTE)) == 1
    await hear(_echo(NIGHT + MINUTE), NIGHT + MINUTE)
    await hear(says("Risposta automatica", "wamid.2", NIGHT + MINUTE), NIGHT + MINUTE)
    assert await _waiting(database) == []
    assert len(await _left(database, NIGHT + HOUR)) == 1


async def test_two_who_write_at_once_hear_it_once_each(
    database: Database, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    texts = [text(f"wamid.{at}", "Ciao", NIGHT, wa_id=of) for at, of in enumerate((ADA, GAIA) * 3)]
    await inbox.hear(post(change(messages=texts)), at=NIGHT)
    assert len({row.conversation_id for row in await _waiting(database)}) == 2
    assert len(await _waiting(database)) == 2


async def test_urgent_words_mark_the_conversation_in_red(
    database: Database, world: World, inbox: Inbox, hear: Hear
) -> None:
    await hear(says("Buongiorno", "wamid.1", NOON), NOON)
    assert await inbox.all(ConversationLabel) == []
    for number, at in enumerate((NOON, NIGHT)):
        await hear(says("Siamo CHIUSI fuori!", f"wamid.u{number}", at), at)
    label, put = await inbox.only(Label), await inbox.only(ConversationLabel)
    assert (label.name, label.colour.value, put.label_id) == ("Urgente", "red", label.id)


async def test_what_was_chosen_is_read_again_and_is_in_the_audit(
    database: Database, world: World, inbox: Inbox
) -> None:
    async with database.transaction() as session:
        before = await away_of(session, world.account_id)
        hours = replace(before.hours, closed_days=frozenset({NOON.date()}))
        chosen = replace(
            before,
            hours=hours,
            texts={"it": "Torniamo {opening}."},
            on_call=(world.marta_id,),
            urgent_words=(),
        )
        await set_away(session, world.account_id, world.marta_id, chosen, NOON)
    async with database.reading() as session:
        assert await away_of(session, world.account_id) == chosen
    entries = await inbox.all(AuditEntry)
    assert [(each.what, each.user_id) for each in entries] == 2 * [("away.changed", world.marta_id)]
    opens_at = NIGHT + timedelta(hours=59)
    assert chosen.words(opens_at, "de") == "Torniamo lunedì 30 novembre alle 9:00."


async def test_nothing_goes_out_before_somebody_says_so(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    inbox = open_inbox(database)
    await inbox.hear(says("Perdita!", "wamid.1", NIGHT), at=NIGHT)
    assert (await _waiting(database), await inbox.all(Label)) == ([], [])
    assert timedelta(minutes=1) > LEAVES_AFTER
