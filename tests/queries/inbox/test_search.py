"""What the search box finds of what came in and went out (P5): accents, case, dashes and spaces do
not matter, and the end of a word may be missing."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.search.search_words import words_of, words_typed
from inbox_app.models import Address, Conversation, Message
from inbox_app.queries.inbox.list.conversation_search import conversations_found
from inbox_app.queries.search.message_ids import message_ids
from inbox_app.services.search.index_messages import Said, index_messages
from tests.queries.conversations import begin, say
from tests.support.factories import World, add, make_account
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import change, contact, post, says, text

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("each database has an index of its own")]

READABLE = st.characters(exclude_characters="\0", codec="utf-8")
MARIE, JOSE = "33612345678", "34600111222"


@pytest.fixture
async def heard(database: Database, world: World, now: datetime) -> Database:
    """Two people nobody has named."""
    inbox = open_inbox(database)
    marie = post(
        change(
            messages=[
                text("wamid.1", "Êtes-vous là? La réservation CB-3107, s'il vous plaît", now)
                | {"from": MARIE}
            ],
            contacts=[contact("Marie Lefèvre", wa_id=MARIE, username="marie.lefevre")],
        )
    )
    await inbox.hear(marie, at=now)
    await inbox.hear(says("El wifi no funciona", "wamid.2", now, wa_id=JOSE), at=now)
    return database


async def _found(database: Database, account_id: int, typed: str) -> set[str | None]:
    """The numbers of those whose conversations are found."""
    async with database.reading() as session:
        ids = await conversations_found(session, account_id, typed)
        query = (
            select(Address.value)
            .join(Conversation, col(Conversation.address_id) == col(Address.id))
            .where(col(Conversation.id).in_(ids))
        )
        return set(await session.exec(query))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lefevre", {MARIE}),
        ("LEFÈVRE marie", {MARIE}),
        ("mar", {MARIE}),
        ("marie.lef", {MARIE}),
        ("reserv", {MARIE}),
        ("etes vous la", {MARIE}),
        ("êtes-vous", {MARIE}),
        ("cb3107", {MARIE}),
        ("CB-3107", {MARIE}),
        ("cb 31", {MARIE}),
        ("plait reservation", {MARIE}),
        ("WiFi", {JOSE}),
        ("+34 600", {JOSE}),
        ("111222", {JOSE}),
        ("06 12 34 56 78", {MARIE}),
        ("l", {MARIE}),
        ("eservation", set()),
        ("wifi reservation", set()),
        ("nobody", set()),
        ("", set()),
        ("—!?", set()),
    ],
)
async def test_people_and_words_are_found_by_their_beginnings(
    heard: Database, world: World, typed: str, expected: set[str]
) -> None:
    assert await _found(heard, world.account_id, typed) == expected


async def test_nothing_of_another_company_is_found(
    heard: Database, world: World, now: datetime
) -> None:
    async with heard.transaction() as session:
        other = await make_account(session, now)
    for typed in ("wifi", "lefevre", "600111222"):
        assert await _found(heard, other, typed) == set()


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        "\\",
        "wifi* OR",
        "wifi) OR (",
        'terms:"',
        "NEAR(wifi no)",
        "1.0.wifi",
        "wifi:*",
        "\x00",
        "² ½ ⅷ",
        "𝒲𝒾𝒻𝒾 x",
        "漢字",
        "\u0e01\u0e33",
        "😀",
        "\ufb03",
        "a" * 5_000,
        "a b " * 90,
    ],
)
async def test_hostile_words_only_ever_find(heard: Database, world: World, typed: str) -> None:
    await _found(heard, world.account_id, typed)


async def test_the_newest_come_first_however_many_say_it(
    database: Database, world: World, now: datetime
) -> None:
    inbox = open_inbox(database)
    for minute in range(4):
        at = now + timedelta(minutes=minute)
        await inbox.hear(says(f"Grazie {minute}", f"wamid.{minute}", at), at=at)
    async with database.reading() as session:
        ids = [message.id for message in await inbox.all(Message)]
        assert await message_ids(session, world.account_id, "graz", limit=3) == ids[:0:-1]
        assert await message_ids(session, world.account_id, "grazie 0", limit=3) == ids[:1]


async def test_words_of_long_ago_are_found_in_the_parts_of_the_index_before(
    database: Database, world: World, now: datetime
) -> None:
    old, new = 70_000, 900_000
    inbox = open_inbox(database)
    await inbox.hear(says("Prima", "wamid.1", now), at=now)
    first = await inbox.only(Message)
    async with database.transaction() as session:
        columns: dict[str, Any] = first.model_dump(exclude={"id", "provider_id"})
        columns["text"] = "Limoncello"
        for id_ in (old, new):
            await add(session, Message(id=id_, **columns))
        said = [Said(id_, world.account_id, "Limoncello") for id_ in (old, new)]
        await index_messages(await session.connection(), said)
    async with database.reading() as session:
        assert await message_ids(session, world.account_id, "limon", limit=9) == [new, old]
        assert await message_ids(session, world.account_id, "prima", limit=9) == [first.id]


@examples(
    texts=st.lists(st.text(READABLE, max_size=12), min_size=1, max_size=5),
    cut=st.integers(min_value=1, max_value=6),
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_the_index_finds_what_a_look_at_each_text_would(
    database: Database, now: datetime, texts: list[str], cut: int
) -> None:
    typed = texts[0][:cut]
    async with database.transaction() as session:
        account_id = await make_account(session, now)
        conversation = await begin(session, account_id, now, None)
        said = [await say(session, conversation, now, text) for text in texts]
    async with database.reading() as session:
        found = await message_ids(session, account_id, typed, limit=len(texts))
    beginnings = words_typed(typed)
    would = [
        message.id
        for message in reversed(said)
        if beginnings and all(_has(message.text or "", beginning) for beginning in beginnings)
    ]
    assert found == would


def _has(text: str, beginning: str) -> bool:
    return any(word.startswith(beginning) for word in words_of(text))
