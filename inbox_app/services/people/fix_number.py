"""«Correggi numero»: nothing could be delivered to the number there was (B7)."""

from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain.errors import BadPhoneError
from inbox_app.domain.people import phones
from inbox_app.domain.people.phones import PhoneProblem
from inbox_app.domain.sending import Control
from inbox_app.models import Address, Conversation, LastInbound
from inbox_app.services.conversations.open_conversation import usable_number
from inbox_app.services.intake.find_address import of_address
from inbox_app.services.intake.find_conversation import find_conversations
from inbox_app.services.people.actor_phones import belongs_to, choose_phone, note
from inbox_app.services.people.add_number import at_address, move_to, wanting


async def fix_number(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    raw: str,
    user_id: int,
    now: datetime,
) -> int:
    """Write to this number from now on; the id of the conversation with it.

    Nobody ever wrote from the wrong number: the conversation moves on to the right one. Somebody
    did: that is a person, whose conversation stays, and the new number has one of its own.

    Raises:
        NotFoundError: the conversation is not this account's.
        SendRefusedError: nothing was undeliverable, or something else comes first.
        BadPhoneError: nobody can be written to at this number, or it is the one there was.
        OthersNumberError: the conversation with it is another actor's.
        RacedError: all is to be done again.
    """
    conversation, _ = await wanting(session, account_id, conversation_id, Control.FIX_NUMBER, now)
    e164 = await usable_number(session, account_id, channel_of(conversation.channel), raw)
    old = await _address(session, conversation)
    if old.value and phones.same(old.value, e164):
        raise BadPhoneError(PhoneProblem.SAME_NUMBER)
    if await _wrote(session, old):
        right, wrong = await _another(session, conversation, e164, now), None
    else:
        right, wrong = await _moved(session, conversation, old, e164, now), old.value
    await choose_phone(session, right, e164, raw=raw.strip(), instead_of=wrong)
    note(session, "actor.number_corrected", right, user_id, now, phone=e164, instead_of=old.value)
    return right.id


async def _address(session: AsyncSession, conversation: Conversation) -> Address:
    query = select(Address).where(
        col(Address.account_id) == conversation.account_id,
        col(Address.id) == conversation.address_id,
    )
    return (await session.exec(query)).one()


async def _wrote(session: AsyncSession, address: Address) -> bool:
    """Whether anybody ever wrote from there, to whichever of our numbers."""
    query = select(LastInbound.id).where(
        col(LastInbound.account_id) == address.account_id,
        col(LastInbound.address_id) == address.id,
    )
    return (await session.exec(query)).first() is not None


async def _another(
    session: AsyncSession, conversation: Conversation, e164: str, now: datetime
) -> Conversation:
    connection = await session.connection()
    person = await of_address(
        connection, conversation.account_id, channel_of(conversation.channel), e164, now
    )
    found = await find_conversations(connection, [person], now)
    query = select(Conversation).where(
        col(Conversation.account_id) == conversation.account_id,
        col(Conversation.id) == found[person],
    )
    right = (await session.exec(query.with_for_update())).one()
    belongs_to(right, conversation.actor_id)
    return await _back_in_the_list(session, right)


async def _moved(
    session: AsyncSession, conversation: Conversation, old: Address, e164: str, now: datetime
) -> Conversation:
    person = await of_address(
        await session.connection(),
        conversation.account_id,
        channel_of(conversation.channel),
        e164,
        now,
    )
    there = await at_address(session, conversation.account_id, person.id)
    if there is not None:
        belongs_to(there, conversation.actor_id)
        conversation.archived_at = now
        session.add(conversation)
        return await _back_in_the_list(session, there)
    await move_to(session, conversation, person.id)
    conversation.address_since = now
    await _forget(session, old)
    return conversation


async def _back_in_the_list(session: AsyncSession, conversation: Conversation) -> Conversation:
    conversation.archived_at = None
    session.add(conversation)
    await session.flush()
    return conversation


async def _forget(session: AsyncSession, address: Address) -> None:
    """Nobody ever wrote from it, and no conversation has it: unless something was said of it, it
    is a slip of the pen."""
    if address.external_id is None and address.marketing_stopped_at is None:
        ours = col(Address.account_id) == address.account_id
        await session.exec(delete(Address).where(ours, col(Address.id) == address.id))
