"""Whom an unknown sender may be: the few of all actors for whom something may speak are read, and
the rule says which to suggest (A2)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.inbound import PHONE
from inbox_app.domain.messages import Direction, clean_line
from inbox_app.domain.people import candidates, phones
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.people.candidates import Booking, Candidate, Known, Sender
from inbox_app.models import Actor, ActorPhone, Address, AddressAlias, Conversation, Message
from inbox_app.queries.inbox.stay import StayThere, in_order, stays_by_actor
from inbox_app.queries.people.actor_search import account_country, phones_on_file
from inbox_app.queries.people.candidate_ids import likely_ids
from inbox_app.queries.people.found_actors import ids_found
from inbox_app.queries.people.names import initials
from inbox_app.queries.people.rows import CandidateRow
from inbox_app.queries.people.unnamed_guests import likely_stays

_MESSAGES = 30
_LONGEST = 80
SUGGESTED, FOUND = 5, 30


@dataclass(frozen=True, slots=True)
class _Facts:
    """Everything on file of some actors."""

    people: Mapping[int, Actor]
    """In the order of their names."""
    phones: Mapping[int, list[ActorPhone]]
    stays: Mapping[int, list[StayThere]]


async def suggestions(
    session: AsyncSession, account_id: int, conversation_id: int, now: datetime
) -> list[CandidateRow]:
    """The likeliest for an unknown sender; none for who is known, and for groups."""
    sender = await _sender(session, account_id, conversation_id)
    if sender is None:
        return []
    ids = await likely_ids(session, account_id, sender, now)
    facts = await _facts(session, account_id, ids, now)
    country = await account_country(session, account_id)
    known = [_known(actor, facts, country) for actor in facts.people.values()]
    unnamed = {
        stay.reservation.id: stay for stay in await likely_stays(session, account_id, sender, now)
    }
    known += [_unnamed(stay) for stay in unnamed.values()]
    found = candidates.suggested(sender, known, at_most=SUGGESTED)
    return [
        _stay_row(one, unnamed[one.stay_id]) if one.stay_id else _row(one, sender, facts)
        for one in found
    ]


async def candidates_found(
    session: AsyncSession, account_id: int, conversation_id: int, typed: str, now: datetime
) -> list[CandidateRow]:
    """Those whom what was typed finds, in the order of their names."""
    sender = await _sender(session, account_id, conversation_id)
    if sender is None:
        return []
    ids = await ids_found(session, account_id, typed, limit=FOUND)
    facts = await _facts(session, account_id, ids, now)
    found = [Candidate(actor.id, actor.name, ()) for actor in facts.people.values()]
    return [_row(one, sender, facts) for one in found]


async def _sender(session: AsyncSession, account_id: int, conversation_id: int) -> Sender | None:
    query = (
        select(Address.value, Address.profile_name, AddressAlias.value)
        .join(Conversation, col(Conversation.address_id) == col(Address.id))
        .outerjoin(
            AddressAlias,
            (col(AddressAlias.address_id) == col(Address.id)) & (col(AddressAlias.kind) == PHONE),
        )
        .where(
            col(Conversation.account_id) == account_id,
            col(Conversation.id) == conversation_id,
            col(Conversation.actor_id).is_(None),
        )
    )
    rows = (await session.exec(query)).all()
    if not rows:
        return None
    value, profile = rows[0][0] or "", rows[0][1] or ""
    number = value if any(phones.canonical(value) == key for _, _, key in rows) else ""
    said = await _texts(session, account_id, conversation_id)
    return Sender(number, profile, candidates.codes_in(said))


async def _texts(session: AsyncSession, account_id: int, conversation_id: int) -> list[str]:
    query = (
        select(Message.text)
        .where(
            col(Message.account_id) == account_id,
            col(Message.conversation_id) == conversation_id,
            col(Message.direction) == Direction.IN,
        )
        .order_by(col(Message.id).desc())
        .limit(_MESSAGES)
    )
    return [text for text in await session.exec(query) if text]


async def _facts(
    session: AsyncSession, account_id: int, ids: Collection[int], now: datetime
) -> _Facts:
    query = select(Actor).where(
        col(Actor.account_id) == account_id,
        col(Actor.id).in_(ids),
        col(Actor.archived_at).is_(None),
    )
    people = sorted(await session.exec(query), key=lambda actor: (actor.sort_name, actor.id))
    return _Facts(
        {actor.id: actor for actor in people},
        await phones_on_file(session, account_id, ids),
        await stays_by_actor(session, account_id, ids, now),
    )


def _known(actor: Actor, facts: _Facts, country: str) -> Known:
    stays = facts.stays.get(actor.id, ())
    countries = (actor.country, *(stay.home.country for stay in stays), country)
    return Known(
        actor.id,
        actor.name,
        [phone.e164 or phone.raw for phone in facts.phones.get(actor.id, ())],
        list(dict.fromkeys(filter(None, countries))),
        [_booking(stay) for stay in stays],
    )


def _booking(stay: StayThere) -> Booking:
    booked = stay.reservation
    return Booking(
        booked.code, stay, stay.today, booked.portal_code or "", booked.phone_ending or ""
    )


def _unnamed(stay: StayThere) -> Known:
    name = clean_line(stay.reservation.guest_name or "", _LONGEST)
    return Known(0, name, bookings=[_booking(stay)], stay_id=stay.reservation.id)


def _stay_row(one: Candidate, stay: StayThere) -> CandidateRow:
    """Nobody is on file: choosing it puts the guest there."""
    return CandidateRow(
        id="",
        stay=str(one.stay_id),
        name=one.name,
        initials=initials(one.name),
        kind=ActorKind.GUEST.value,
        phone="",
        other_number=False,
        reasons=[reason.value for reason in one.reasons],
        code=stay.reservation.code,
        stay_phase=stay.phase.value,
        stay_date=stay.turns_on.isoformat(),
        accommodation=stay.home.name,
    )


def _row(one: Candidate, sender: Sender, facts: _Facts) -> CandidateRow:
    actor = facts.people[one.id]
    on_file, stay = facts.phones.get(one.id, ()), _stay(one, facts)
    first = next(iter(sorted(on_file, key=lambda phone: not phone.whatsapp)), None)
    name = clean_line(actor.name, _LONGEST)
    return CandidateRow(
        id=str(actor.id),
        stay="",
        name=name,
        initials=initials(name),
        kind=actor.kind.value,
        phone=_shown(first),
        other_number=bool(sender.number) and _has_another(on_file, sender.number),
        reasons=[reason.value for reason in one.reasons],
        code=one.booking.code if one.booking else "",
        stay_phase=stay.phase.value if stay else "",
        stay_date=stay.turns_on.isoformat() if stay else "",
        accommodation=stay.home.name if stay else "",
    )


def _stay(one: Candidate, facts: _Facts) -> StayThere | None:
    """The one that the reasons speak of, else the one to show first."""
    stays, code = in_order(facts.stays.get(one.id, [])), one.booking and one.booking.code
    return next((stay for stay in stays if stay.reservation.code == code), None) or next(
        iter(stays), None
    )


def _shown(phone: ActorPhone | None) -> str:
    if phone is None:
        return ""
    return phones.display(phone.e164) if phone.e164 else clean_line(phone.raw, _LONGEST)


def _has_another(on_file: Sequence[ActorPhone], number: str) -> bool:
    """Also one that cannot be read."""
    key = phones.canonical(number)
    return bool(on_file) and all(phone.match_key != key for phone in on_file)
