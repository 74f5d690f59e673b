"""«Correggi numero»: numbers are corrected and kept apart (B6, B7, B13)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.database import Database
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.errors import BadPhoneError, OthersNumberError
from inbox_app.domain.messages import DeliveryStatus, Direction
from inbox_app.domain.people.phones import PhoneProblem
from inbox_app.domain.sending import Control, Reason
from inbox_app.models import Actor, Address, Conversation, Message
from tests.queries.conversations import begin, say
from tests.services.numbers.numbers import decided, fix
from tests.services.unknown_senders import on_file
from tests.support.factories import ADA_PHONE, World
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio


async def undelivered(
    session: AsyncSession, world: World, conversation: Conversation, at: datetime
) -> Message:
    return await say(
        session,
        conversation,
        at,
        "Benvenuta!",
        direction=Direction.OUT,
        status=DeliveryStatus.FAILED,
        error_code=Code.UNDELIVERABLE,
        remedy=Remedy.UNDELIVERABLE,
        queued_at=at,
        connection_id=world.connection_id,
    )


async def never_reached(session: AsyncSession, world: World, now: datetime) -> Conversation:
    """Ada's, who has never written, with a number that was a slip of the pen."""
    wrong = await begin(session, world.account_id, now, ADA_PHONE[1:], actor_id=world.ada_id)
    await undelivered(session, world, wrong, now - timedelta(minutes=5))
    assert (await decided(session, wrong.id, now)).control is Control.FIX_NUMBER
    return wrong


async def test_a_number_nobody_wrote_from_is_replaced(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        wrong = await never_reached(session, world, now)

    assert await fix(database, world, wrong.id, "+39 347 123 4568", now) == wrong.id

    async with database.reading() as session:
        assert (await decided(session, wrong.id, now)).reason is Reason.NEVER_WROTE
        assert (await session.exec(select(Address.value))).all() == ["393471234568"]
    assert await on_file(database, world.ada_id) == [("+39 347 123 4568", "+393471234568", True)]


@pytest.mark.postgresql("its statements")
async def test_what_fails_at_the_new_number_is_to_be_corrected_too(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        wrong = await never_reached(session, world, now)
    await fix(database, world, wrong.id, "+393471234568", now)

    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, wrong.id)
        await undelivered(session, world, conversation, now + timedelta(minutes=1))

    async with database.reading() as session:
        decision = await decided(session, wrong.id, now + timedelta(minutes=2))
        assert decision.control is Control.FIX_NUMBER


@pytest.mark.postgresql("its statements")
async def test_a_number_somebody_wrote_from_keeps_its_conversation(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        id_ = await a_person_wrote(session, world, now - timedelta(hours=1), ADA_PHONE[1:])
        conversation = await session.get_one(Conversation, id_)
        conversation.actor_id = world.ada_id
        await undelivered(session, world, conversation, now)

    new = await fix(database, world, id_, "+34600123123", now)

    assert new != id_
    async with database.reading() as session:
        assert (await session.get_one(Conversation, new)).actor_id == world.ada_id
        assert (await session.get_one(Conversation, id_)).actor_id == world.ada_id
        assert (await decided(session, id_, now)).control is Control.FIX_NUMBER
    assert await on_file(database, world.ada_id) == [
        (ADA_PHONE, ADA_PHONE, False),
        ("+34600123123", "+34600123123", True),
    ]


@pytest.mark.postgresql("its statements")
async def test_the_right_number_may_have_a_conversation_already(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        wrong = await never_reached(session, world, now)
        unknown = await a_person_wrote(session, world, now, "393471234568")

    assert await fix(database, world, wrong.id, "+393471234568", now) == unknown

    async with database.reading() as session:
        assert (await session.get_one(Conversation, unknown)).actor_id == world.ada_id
        assert (await session.get_one(Conversation, wrong.id)).archived_at == now


async def test_the_same_number_again_is_no_correction(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        wrong = await never_reached(session, world, now)

    with pytest.raises(BadPhoneError) as refused:
        await fix(database, world, wrong.id, ADA_PHONE, now)

    assert refused.value.problem is PhoneProblem.SAME_NUMBER


async def test_a_right_number_that_is_anothers_is_refused(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        wrong = await never_reached(session, world, now)
        theirs = await begin(
            session, world.account_id, now, "393489876543", actor_id=world.giuseppe_id
        )

    with pytest.raises(OthersNumberError):
        await fix(database, world, wrong.id, "+393489876543", now)

    async with database.reading() as session:
        assert (await session.get_one(Conversation, theirs.id)).actor_id == world.giuseppe_id
        assert (await session.get_one(Actor, world.ada_id)).name == "Ada Bianchi"
