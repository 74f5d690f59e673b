"""«Aggiungi nuovo»: somebody is put on file by a person, and what they wrote is theirs (A1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import phone_channel
from inbox_app.domain.errors import AlreadyLinkedError
from inbox_app.domain.people import phones
from inbox_app.domain.people.actors import ActorKind, ActorProblem, ActorRefusedError
from inbox_app.models import (
    Accommodation,
    Actor,
    ActorAccommodation,
    ActorPhone,
    AuditEntry,
    Reservation,
    ReservationGuest,
)
from inbox_app.services.conversations.open_conversation import usable_number
from inbox_app.services.people.actor_values import read_values
from inbox_app.services.people.link_actor import link_by_number
from inbox_app.services.people.link_sender import link_sender, sender_conversation, sender_number
from inbox_app.services.people.write_terms import write_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class NewActor:
    """What a person says of somebody; ``numbers`` in international form, of which ``whatsapp`` is
    the one that messages go to, "" for none chosen."""

    kind: ActorKind
    name: str
    numbers: Sequence[str] = ()
    whatsapp: str = ""
    email: str = ""
    language: str = ""
    notes: str = ""
    reservation_id: int | None = None
    accommodation_id: int | None = None


async def make_for_sender(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    new: NewActor,
    user_id: int,
    now: datetime,
) -> int:
    """Put on file whoever wrote; the link's id. The number they wrote from is theirs, however odd
    it looks (B14); another that is given is one more.

    Raises:
        NotFoundError: the account has no such conversation with one person.
        AlreadyLinkedError: somebody else has linked it meanwhile.
        ActorRefusedError, BadPhoneError: what was given will not do.
    """
    conversation = await sender_conversation(session, account_id, conversation_id)
    if conversation.actor_id is not None:
        raise AlreadyLinkedError(conversation.actor_id)
    sender = await sender_number(session, conversation)
    others = [raw for raw in new.numbers if sender is None or not phones.same(raw, sender.value)]
    actor = await _make(session, account_id, replace(new, numbers=others), now)
    return await link_sender(
        session,
        account_id=account_id,
        conversation_id=conversation_id,
        actor_id=actor.id,
        user_id=user_id,
        now=now,
        is_new=True,
    )


async def make_actor(
    session: AsyncSession, *, account_id: int, new: NewActor, user_id: int, now: datetime
) -> int:
    """Put somebody on file who has not written, or whose conversation is found by the number; the
    actor's id.

    Raises ``ActorRefusedError`` or ``BadPhoneError``.
    """
    actor = await _make(session, account_id, new, now)
    linked = await link_by_number(session, account_id, actor.id)
    session.add(
        AuditEntry(
            account_id=account_id,
            at=now,
            user_id=user_id,
            what="actor.made",
            details={"actor": actor.id, "linked": linked},
        )
    )
    return actor.id


async def _make(session: AsyncSession, account_id: int, new: NewActor, now: datetime) -> Actor:
    values = read_values(name=new.name, email=new.email, language=new.language, notes=new.notes)
    numbers = {
        await usable_number(session, account_id, phone_channel(), raw): raw for raw in new.numbers
    }
    actor = Actor(
        account_id=account_id,
        kind=new.kind,
        name=values.name,
        email=values.email,
        language=values.language,
        notes=values.notes,
        created_at=now,
    )
    session.add(actor)
    await session.flush()
    session.add_all(
        ActorPhone(
            account_id=account_id,
            actor_id=actor.id,
            position=position,
            raw=raw.strip(),
            e164=e164,
            match_key=phones.canonical(e164),
            whatsapp=bool(new.whatsapp) and raw == new.whatsapp,
        )
        for position, (e164, raw) in enumerate(numbers.items())
    )
    await _put_in_stay(session, actor, new.reservation_id)
    await _put_in_home(session, actor, new.accommodation_id)
    await write_terms(session, account_id, [actor.id])
    return actor


async def _put_in_stay(session: AsyncSession, actor: Actor, reservation_id: int | None) -> None:
    """The last of its guests."""
    if reservation_id is None:
        return
    query = select(Reservation.id).where(
        col(Reservation.account_id) == actor.account_id,
        col(Reservation.id) == reservation_id,
        col(Reservation.archived_at).is_(None),
    )
    if (await session.exec(query.with_for_update())).first() is None:
        raise ActorRefusedError(ActorProblem.NO_STAY)
    last = select(func.coalesce(func.max(col(ReservationGuest.position)), -1)).where(
        col(ReservationGuest.account_id) == actor.account_id,
        col(ReservationGuest.reservation_id) == reservation_id,
    )
    session.add(
        ReservationGuest(
            account_id=actor.account_id,
            reservation_id=reservation_id,
            actor_id=actor.id,
            position=(await session.exec(last)).one() + 1,
        )
    )


async def _put_in_home(session: AsyncSession, actor: Actor, accommodation_id: int | None) -> None:
    if accommodation_id is None:
        return
    query = select(Accommodation.id).where(
        col(Accommodation.account_id) == actor.account_id,
        col(Accommodation.id) == accommodation_id,
        col(Accommodation.archived_at).is_(None),
    )
    if (await session.exec(query)).first() is None:
        raise ActorRefusedError(ActorProblem.NO_HOME)
    session.add(
        ActorAccommodation(
            account_id=actor.account_id, actor_id=actor.id, accommodation_id=accommodation_id
        )
    )
