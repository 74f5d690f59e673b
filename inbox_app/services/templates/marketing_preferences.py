"""Who asked for no more marketing, and who takes it again (B15)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.identity import contact_of
from inbox_app.channels.whatsapp.webhooks.events import AccountChange, WhatsAppUser
from inbox_app.channels.whatsapp.webhooks.user_preferences import preferences
from inbox_app.models import Address, AddressAlias, Conversation, WhatsAppNumber
from inbox_app.services.intake.address_book import keys_of


async def note_preferences(
    session: AsyncSession, numbers: Sequence[WhatsAppNumber], change: AccountChange, at: datetime
) -> bool:
    """Whether anybody changed their mind; somebody we have never heard of has none to change."""
    changed = 0
    for number in numbers:
        for told in preferences(change):
            people = await _people(session, number.account_id, told.sender)
            moment = told.at or at
            stopped_at = None if told.takes_marketing else moment
            changed += await _note(session, number.account_id, people, stopped_at, moment)
    return changed > 0


async def stop_marketing(
    session: AsyncSession, account_id: int, conversation_id: int, now: datetime
) -> None:
    """Meta refused marketing to the other side of a conversation."""
    query = select(Conversation.address_id).where(
        col(Conversation.account_id) == account_id, col(Conversation.id) == conversation_id
    )
    address_id = (await session.exec(query)).first()
    if address_id is not None:
        await _note(session, account_id, [address_id], now, now)


async def _note(
    session: AsyncSession,
    account_id: int,
    people: Collection[int],
    stopped_at: datetime | None,
    at: datetime,
) -> int:
    """How many said it just now: what they said before that and is told later is void."""
    told_at = col(Address.marketing_told_at)
    told = (
        update(Address)
        .where(
            col(Address.account_id) == account_id,
            col(Address.id).in_(people),
            or_(told_at.is_(None), told_at < at),
        )
        .values(marketing_stopped_at=stopped_at, marketing_told_at=at)
    )
    return (await session.exec(told)).rowcount


async def _people(session: AsyncSession, account_id: int, sender: WhatsAppUser) -> list[int]:
    """The address that has one of the ids; two, while nobody has found out they are one person."""
    keys = keys_of(account_id, WHATSAPP, contact_of(sender))
    query = select(AddressAlias.address_id).where(
        col(AddressAlias.account_id) == account_id,
        col(AddressAlias.channel) == WHATSAPP,
        or_(
            *(
                (col(AddressAlias.kind) == key.kind) & (col(AddressAlias.value) == key.value)
                for key in keys
            )
        ),
    )
    return list(set((await session.exec(query)).all()))
