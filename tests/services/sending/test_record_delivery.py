"""What Meta answers to a send, and what is concluded from it."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlmodel import col, select

from inbox_app.channels.inbound import PHONE
from inbox_app.channels.whatsapp.identity import USER_ID, contact_of_number
from inbox_app.database import Database
from inbox_app.domain.delivery.pair_rate_limit import PairRateLimit
from inbox_app.domain.messages import Origin
from inbox_app.models import AddressAlias, Conversation
from inbox_app.services.sending.claim_sends import claim
from inbox_app.services.sending.record_delivery import Sent, record
from inbox_app.services.sending.send import queue_text
from tests.support.factories import World
from tests.support.writers import a_person_wrote

ADA, BRUNO = "393471234567", "5531987654321"
ADA_USER_ID = "IT.13491208655302741918"
pytestmark = pytest.mark.anyio


@dataclass
class Line:
    """Sends one text and has Meta answer with a number."""

    database: Database
    world: World
    now: datetime
    sent: int = 0

    async def person(self, wa_id: str) -> int:
        async with self.database.transaction() as session:
            return await a_person_wrote(session, self.world, self.now, wa_id)

    async def hides_the_number(self, conversation_id: int) -> None:
        async with self.database.transaction() as session:
            conversation = await session.get_one(Conversation, conversation_id)
            of_theirs = col(AddressAlias.address_id) == conversation.address_id
            alias = (await session.exec(select(AddressAlias).where(of_theirs))).one()
            alias.kind, alias.value = USER_ID, ADA_USER_ID

    async def send(self, conversation_id: int, *, answered: str) -> None:
        self.sent += 1
        async with self.database.transaction() as session:
            await queue_text(
                session,
                account_id=self.world.account_id,
                conversation_id=conversation_id,
                text="Buongiorno",
                author_id=None,
                origin=Origin.API,
                client_ref=None,
                now=self.now,
            )
        now = self.now
        async with self.database.transaction() as session:
            claimed = await claim(
                session, owner="us", limit=1, rate_limit=PairRateLimit(), now=now, real_now=now
            )
        outcome = Sent(provider_id=f"wamid.{self.sent}", contact=contact_of_number(answered))
        async with self.database.transaction() as session:
            await record(session, claimed.jobs[0], outcome, owner="us", now=now, real_now=now)

    async def numbers(self, conversation_id: int) -> set[str]:
        """By which the conversation's person is known."""
        query = (
            select(col(AddressAlias.value))
            .join(Conversation, col(Conversation.address_id) == col(AddressAlias.address_id))
            .where(
                col(Conversation.id) == conversation_id,
                col(AddressAlias.kind) == PHONE,
            )
        )
        async with self.database.reading() as session:
            return set((await session.exec(query)).all())


@pytest.fixture
def line(database: Database, world: World, now: datetime) -> Line:
    return Line(database, world, now)


async def test_another_number_in_the_answer_is_not_taken_for_the_same_person(line: Line) -> None:
    ada, bruno = await line.person(ADA), await line.person(BRUNO)

    for conversation_id in (ada, bruno):
        await line.send(conversation_id, answered="16315551234")

    assert await line.numbers(ada) == {ADA}
    assert await line.numbers(bruno) == {BRUNO}


async def test_another_spelling_in_the_answer_is_the_number_that_is_known(line: Line) -> None:
    bruno = await line.person(BRUNO)

    await line.send(bruno, answered="553187654321")

    assert await line.numbers(bruno) == {BRUNO}


@pytest.mark.postgresql("its statements")
async def test_whose_number_was_hidden_gets_the_one_in_the_answer(line: Line) -> None:
    ada = await line.person(ADA)
    await line.hides_the_number(ada)

    await line.send(ada, answered="16315551234")

    assert await line.numbers(ada) == {"16315551234"}


@pytest.mark.postgresql("its statements")
async def test_a_hidden_number_that_is_somebody_elses_stays_theirs(line: Line) -> None:
    ada, bruno = await line.person(ADA), await line.person(BRUNO)
    await line.hides_the_number(ada)

    await line.send(ada, answered=BRUNO)

    assert await line.numbers(ada) == set()
    assert await line.numbers(bruno) == {BRUNO}
