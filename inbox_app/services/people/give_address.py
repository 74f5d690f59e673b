"""A conversation that waited for a number gets it: the actor's phones have been mended since."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.webhooks.events import WhatsAppUser
from inbox_app.domain.errors import RacedError
from inbox_app.models import ActorPhone, Conversation
from inbox_app.services.intake.address_book import keys_of
from inbox_app.services.intake.find_address import read_book, write_book


async def give_address(session: AsyncSession, conversation: Conversation, now: datetime) -> None:
    """The address of the chosen number, or of the only one; the rule has let this conversation
    send, so that there is one. Nothing for a conversation that has an address.

    Raises ``RacedError`` when another conversation has the number by now.
    """
    if conversation.address_id is not None or conversation.actor_id is None:
        return
    sender = WhatsAppUser(wa_id=(await _number(session, conversation)).removeprefix("+"))
    connection = await session.connection()
    book = await read_book(connection, keys_of(conversation.account_id, sender))
    person = book.find(conversation.account_id, sender, wrote=False)
    await write_book(connection, book, now)
    try:
        async with session.begin_nested():
            conversation.address_id = person.id
            session.add(conversation)
    except IntegrityError:
        raise RacedError from None


async def _number(session: AsyncSession, conversation: Conversation) -> str:
    query = select(ActorPhone.e164).where(
        col(ActorPhone.account_id) == conversation.account_id,
        col(ActorPhone.actor_id) == conversation.actor_id,
        col(ActorPhone.e164).is_not(None),
    )
    chosen_first = query.order_by(col(ActorPhone.whatsapp).desc(), col(ActorPhone.position))
    return (await session.exec(chosen_first)).first() or ""
