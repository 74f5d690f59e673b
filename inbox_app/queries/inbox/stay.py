"""The reservations of whoever a conversation is with: one for its row, all for the right
panel (P1, P3)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.saved_replies import withholds_codes
from inbox_app.domain.stays import stays
from inbox_app.domain.stays.stays import ReservationStatus, StayPhase
from inbox_app.models import (
    Accommodation,
    Account,
    Actor,
    Conversation,
    Reservation,
    ReservationGuest,
)
from inbox_app.queries.inbox.home_facts import has_codes, home_facts
from inbox_app.queries.inbox.rows import StayPersonRow, StayRow
from inbox_app.queries.people.names import initials

_TURNS_ON_ARRIVAL = {
    StayPhase.UPCOMING,
    StayPhase.ARRIVING_TODAY,
    StayPhase.INQUIRY,
    StayPhase.PENDING,
    StayPhase.NO_SHOW,
}


@dataclass(frozen=True, slots=True)
class StayThere:
    """A reservation with its home, seen on a date there."""

    reservation: Reservation
    home: Accommodation
    today: date

    @property
    def check_in(self) -> date:
        return self.reservation.check_in

    @property
    def check_out(self) -> date:
        return self.reservation.check_out

    @property
    def status(self) -> ReservationStatus:
        return self.reservation.status

    @property
    def phase(self) -> StayPhase:
        return stays.phase(self, self.today)

    @property
    def turns_on(self) -> date:
        """The day to name beside the phase: arrival while it is ahead, else departure."""
        return self.check_in if self.phase in _TURNS_ON_ARRIVAL else self.check_out


async def primary_stay(
    session: AsyncSession, account_id: int, actor_ids: Collection[int], now: datetime
) -> dict[int, StayThere]:
    """By actor, the stay to show."""
    if not actor_ids:
        return {}
    found = await stays_by_actor(session, account_id, actor_ids, now)
    return {actor_id: in_order(theirs)[0] for actor_id, theirs in found.items()}


async def stays_of(
    session: AsyncSession, account_id: int, conversation_id: int, now: datetime
) -> list[StayRow]:
    """All stays of the conversation's actor, the one to show first; empty when there is none."""
    query = select(Conversation.actor_id, Account.timezone).join(
        Account, col(Account.id) == col(Conversation.account_id)
    )
    mine = (col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id)
    actor_id, zone = (await session.exec(query.where(*mine))).first() or (None, "")
    if actor_id is None:
        return []
    found = await stays_by_actor(session, account_id, [actor_id], now)
    theirs = in_order(found.get(actor_id, []))
    people = await _people(session, account_id, [stay.reservation.id for stay in theirs])
    return [_row(stay, people[stay.reservation.id], zone) for stay in theirs]


async def stays_by_actor(
    session: AsyncSession, account_id: int, actor_ids: Collection[int], now: datetime
) -> dict[int, list[StayThere]]:
    """All stays of each, in no order; an owner's own is nobody else's."""
    query = (
        select(ReservationGuest.actor_id, Reservation, Accommodation)
        .join(Reservation, col(Reservation.id) == col(ReservationGuest.reservation_id))
        .join(Accommodation, col(Accommodation.id) == col(Reservation.accommodation_id))
        .join(Actor, col(Actor.id) == col(ReservationGuest.actor_id))
        .where(
            col(ReservationGuest.account_id) == account_id,
            col(ReservationGuest.actor_id).in_(actor_ids),
            col(Reservation.archived_at).is_(None),
            col(Reservation.status) != ReservationStatus.BLOCK,
            or_(
                col(Reservation.status) != ReservationStatus.OWNER_STAY,
                col(Actor.kind) == ActorKind.OWNER,
            ),
        )
    )
    found: dict[int, list[StayThere]] = defaultdict(list)
    for actor_id, reservation, home in await session.exec(query):
        today = stays.local_date(now, home.timezone)
        found[actor_id].append(StayThere(reservation, home, today))
    return found


def in_order(found: list[StayThere]) -> list[StayThere]:
    """The one to show first, then the rest, the latest arrival first (P4)."""
    rest = sorted(found, key=lambda stay: stay.check_in, reverse=True)
    first = min(rest, key=lambda stay: stays.precedence(stay, stay.today), default=None)
    return [first, *(stay for stay in rest if stay is not first)] if first else []


async def _people(
    session: AsyncSession, account_id: int, reservation_ids: Collection[int]
) -> dict[int, list[StayPersonRow]]:
    of = col(ReservationGuest.reservation_id)
    guests = (
        select(of, col(Actor.id), col(Actor.name), col(Actor.kind))
        .join(Actor, col(Actor.id) == col(ReservationGuest.actor_id))
        .where(of.in_(reservation_ids), col(ReservationGuest.account_id) == account_id)
        .order_by(col(ReservationGuest.position), col(ReservationGuest.id))
    )
    found = (await session.exec(guests)).all()
    conversations = await _conversations(session, account_id, {actor for _, actor, _, _ in found})
    people: dict[int, list[StayPersonRow]] = defaultdict(list)
    for reservation_id, actor_id, name, kind in found:
        people[reservation_id].append(
            StayPersonRow(
                name=name,
                initials=initials(name),
                kind=kind.value,
                conversation_id=conversations.get(actor_id, ""),
            )
        )
    return people


async def _conversations(
    session: AsyncSession, account_id: int, actor_ids: Collection[int]
) -> dict[int, str]:
    query = (
        select(Conversation.actor_id, Conversation.id)
        .where(
            col(Conversation.account_id) == account_id, col(Conversation.actor_id).in_(actor_ids)
        )
        .order_by(col(Conversation.arrived_at))
    )
    return {actor_id: str(id_) for actor_id, id_ in await session.exec(query) if actor_id}


def _row(stay: StayThere, people: list[StayPersonRow], account_zone: str) -> StayRow:
    booked, home = stay.reservation, stay.home
    tonight = stays.nights(stay, stay.today)
    return StayRow(
        id=str(booked.id),
        code=booked.code,
        accommodation=home.name,
        place=home.address or "",
        check_in=booked.check_in.isoformat(),
        check_out=booked.check_out.isoformat(),
        check_in_time=home.check_in_time or "",
        check_out_time=home.check_out_time or "",
        phase=stay.phase.value,
        night=tonight.number if tonight else 0,
        nights=(booked.check_out - booked.check_in).days,
        adults=booked.adults or 0,
        children=booked.children or 0,
        infants=booked.infants or 0,
        pets=booked.pets or 0,
        arrival_time=booked.arrival_time or "",
        departure_time=booked.departure_time or "",
        portal=booked.portal or "",
        portal_code=booked.portal_code or "",
        url=booked.url or "",
        total=_money(booked.total),
        balance=_money(booked.balance),
        currency=booked.currency or "",
        notes=booked.notes or "",
        local_tz="" if home.timezone == account_zone else home.timezone,
        facts=home_facts(home, stay.phase),
        withheld=has_codes(home) and withholds_codes(stay.phase),
        by_hand=booked.is_by_hand,
        people=people,
    )


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"
