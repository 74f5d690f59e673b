"""What a notice asks to have sent again: once, and only what it may (M4)."""

from datetime import datetime, timedelta

import pytest

from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Actor, Conversation, LastInbound, Message, Outbox
from inbox_app.services.sending.ask_again import ask_again
from tests.queries.conversations import say
from tests.queries.thread.notices import MINUTE, rows, told
from tests.support.factories import World, make_account


@pytest.mark.parametrize(
    ("language", "type_", "begins", "form"),
    [
        ("it", "poll_creation", "Ci dispiace", "messaggio di testo"),
        ("it-CH", "view_once", "Ci dispiace", "foto"),
        ("es", "location", "Lo sentimos", "ubicación"),
        ("en-GB", "order", "Sorry", "text message"),
        ("de", "order", "Sorry", "text message"),
        (None, "order", "Ci dispiace", "messaggio di testo"),
    ],
)
async def test_it_is_asked_for_once_in_the_persons_language(
    database: Database,
    world: World,
    talk: Conversation,
    now: datetime,
    language: str | None,
    type_: str,
    begins: str,
    form: str,
) -> None:
    async with database.transaction() as session:
        (await session.get_one(Actor, world.ada_id)).language = language
    (notice,) = await told(database, talk, now, (type_, None))

    async def ask() -> Message:
        return await database.run_transaction(
            lambda session: ask_again(
                session,
                account_id=world.account_id,
                message_id=notice,
                author_id=world.marta_id,
                now=now,
            )
        )

    request = await ask()
    async with database.transaction() as session:
        (await session.get_one(Actor, world.ada_id)).language = "fr"
    assert (await ask()).id == request.id
    assert request.text
    assert request.text.startswith(begins)
    assert form in request.text
    assert (request.direction, request.kind) == (Direction.OUT, MessageKind.TEXT)
    shown = (await rows(database, talk))[0]
    assert (shown["asked"], shown["may_ask_again"]) == (True, False)


@pytest.mark.postgresql("its statements")
async def test_a_file_that_was_lost_is_asked_for_and_settled_by_what_follows(
    database: Database, world: World, talk: Conversation, now: datetime
) -> None:
    """M3."""
    async with database.transaction() as session:
        lost = await say(session, talk, now, "", kind=MessageKind.VIDEO, error_message="lost")
    [row] = await rows(database, talk)
    assert (row["file_lost"], row["may_ask_again"], row["settled"]) == (True, True, False)

    request = await database.run_transaction(
        lambda session: ask_again(
            session,
            account_id=world.account_id,
            message_id=lost.id,
            author_id=world.marta_id,
            now=now,
        )
    )
    assert "file" in (request.text or "")
    row = (await rows(database, talk))[0]
    assert (row["asked"], row["may_ask_again"]) == (True, False)

    async with database.transaction() as session:
        await say(session, talk, now + MINUTE, "Ecco", kind=MessageKind.TEXT)
    assert (await rows(database, talk))[0]["settled"]


@pytest.mark.parametrize("type_", ["reaction", "call", "revoke", "edit", ""])
async def test_what_is_not_to_be_asked_for_is_not(
    database: Database, world: World, talk: Conversation, now: datetime, type_: str
) -> None:
    (id_,) = await told(database, talk, now, (type_, "Ciao"))

    with pytest.raises(NotFoundError):
        await database.run_transaction(
            lambda session: ask_again(
                session,
                account_id=world.account_id,
                message_id=id_,
                author_id=world.marta_id,
                now=now,
            )
        )


async def test_another_accounts_notice_is_not_there_and_a_closed_window_refuses(
    database: Database, world: World, talk: Conversation, now: datetime
) -> None:
    """W1, B17."""
    (id_,) = await told(database, talk, now, ("order", None))
    async with database.transaction() as session:
        other = await make_account(session, now)

    async def ask(account_id: int, at: datetime) -> Message:
        return await database.run_transaction(
            lambda session: ask_again(
                session, account_id=account_id, message_id=id_, author_id=world.marta_id, now=at
            )
        )

    with pytest.raises(NotFoundError):
        await ask(other, now)
    with pytest.raises(SendRefusedError):
        await ask(world.account_id, now + timedelta(hours=25))
    async with database.reading() as session:
        assert await session.get(Outbox, 1) is None
        assert await session.get(LastInbound, 1) is not None
