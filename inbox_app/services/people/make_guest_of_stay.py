"""The guest of a stay that a calendar told of has written: they are put on file (A5)."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Address, Conversation, Reservation
from inbox_app.services.people.make_actor import NewActor, make_for_sender


async def make_guest_of_stay(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    reservation_id: int,
    user_id: int,
    now: datetime,
) -> tuple[int, str]:
    """The link's id, and the guest's name: the calendar's, else the profile's, else the number.

    Raises what ``make_for_sender`` raises.
    """
    name = await _name(session, account_id, conversation_id, reservation_id)
    new = NewActor(kind=ActorKind.GUEST, name=name, reservation_id=reservation_id)
    link_id = await make_for_sender(
        session,
        account_id=account_id,
        conversation_id=conversation_id,
        new=new,
        user_id=user_id,
        now=now,
    )
    return link_id, name


async def _name(
    session: AsyncSession, account_id: int, conversation_id: int, reservation_id: int
) -> str:
    of_stay = select(Reservation.guest_name).where(
        col(Reservation.account_id) == account_id, col(Reservation.id) == reservation_id
    )
    of_sender = (
        select(Address.profile_name, Address.value)
        .join(Conversation, col(Conversation.address_id) == col(Address.id))
        .where(col(Conversation.account_id) == account_id, col(Conversation.id) == conversation_id)
    )
    sender = (await session.exec(of_sender)).first()
    if sender is None:
        raise NotFoundError
    profile, number = sender
    return (await session.exec(of_stay)).first() or profile or f"+{number}"
