"""A conversation that waited for a number gets it: the actor's phones have been mended since
(B13)."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.models import ActorPhone, Conversation
from inbox_app.services.intake.find_address import of_address


async def give_address(session: AsyncSession, conversation: Conversation, now: datetime) -> None:
    """The address of the chosen number, or of the only one; the rule has let this conversation
    send, so that there is one. Nothing for a conversation that has an address.

    Breaks the uniqueness of the address when another conversation has it by now: that is a race.
    """
    if conversation.address_id is not None or conversation.actor_id is None:
        return
    person = await of_address(
        await session.connection(),
        conversation.account_id,
        channel_of(conversation.channel),
        await _number(session, conversation),
        now,
    )
    conversation.address_id = person.id
    session.add(conversation)
    await session.flush()


async def _number(session: AsyncSession, conversation: Conversation) -> str:
    query = select(ActorPhone.e164).where(
        col(ActorPhone.account_id) == conversation.account_id,
        col(ActorPhone.actor_id) == conversation.actor_id,
        col(ActorPhone.e164).is_not(None),
    )
    chosen_first = query.order_by(col(ActorPhone.whatsapp).desc(), col(ActorPhone.position))
    return (await session.exec(chosen_first)).first() or ""
