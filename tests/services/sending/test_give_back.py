"""What is refused is in the box, however often and in whatever number it comes (M7)."""

from datetime import datetime

import pytest
from sqlmodel import select

from inbox_app.database import Database
from inbox_app.models import Draft
from inbox_app.services.sending.give_back import keep_refused
from tests.support.factories import World
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("refused", "in_the_box"),
    [
        (["Alle 18"], "Alle 18"),
        (["Alle 18", "In cortile", "A domani"], "Alle 18\n\nIn cortile\n\nA domani"),
        (["Alle 18", "In cortile", "Alle 18", "In cortile"], "Alle 18\n\nIn cortile"),
    ],
)
async def test_what_is_refused_stands_there_once_and_in_order(
    database: Database, world: World, now: datetime, refused: list[str], in_the_box: str
) -> None:
    async with database.transaction() as session:
        conversation_id = await a_person_wrote(session, world, now, "393471234567")
    for text in refused:
        async with database.transaction() as session:
            await keep_refused(
                session,
                text,
                account_id=world.account_id,
                author_id=world.marta_id,
                conversation_id=conversation_id,
                now=now,
            )
    async with database.reading() as session:
        assert list(await session.exec(select(Draft.text))) == [in_the_box]
