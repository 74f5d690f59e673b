"""The few of all actors for whom something may speak, found by indexes: so that it costs the same
among a hundred and among a hundred thousand (A2)."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people import phones, search_terms
from inbox_app.domain.people.candidates import Sender, name_reason
from inbox_app.domain.people.search_terms import WHOLE
from inbox_app.models import (
    Actor,
    ActorPhone,
    ActorTerm,
    Conversation,
    Reservation,
    ReservationGuest,
)
from inbox_app.queries.people.unnamed_guests import ends_alike

_EACH = 20
_NEAR = 1_000
_ARRIVED_WITHIN, _ARRIVES_WITHIN, _LEFT_WITHIN = (
    timedelta(days=60), timedelta(days=4), timedelta(days=3),
)  # fmt: skip
"""A day more than the rule has, which knows what day it is at each home."""


class _Guest(NamedTuple):
    id: int
    name: str


async def likely_ids(
    session: AsyncSession, account_id: int, sender: Sender, now: datetime
) -> set[int]:
    """No more than a few dozen."""
    found = set(await _by_number(session, account_id, sender.number))
    found |= set(await _by_code(session, account_id, sender.codes))
    found |= set(await _by_ending(session, account_id, sender.number, now))
    found |= set(await _by_name(session, account_id, sender.profile_name))
    near = await _guests_about_now(session, account_id, now)
    found |= set(_called_alike(near, sender.profile_name))
    return found | set(await _not_heard_of(session, account_id, near))


async def _by_number(session: AsyncSession, account_id: int, number: str) -> list[int]:
    """In any spelling; also as it is dialled at home, where the prefix was left out."""
    if not number:
        return []
    key = phones.canonical(number)
    same = select(ActorPhone.actor_id).where(
        col(ActorPhone.account_id) == account_id, col(ActorPhone.match_key) == key
    )
    home = search_terms.home_digits(key).lstrip("0")
    at_home = select(ActorTerm.actor_id).where(
        col(ActorTerm.account_id) == account_id, col(ActorTerm.term) == home
    )
    found = list(await session.exec(same.limit(_EACH)))
    return found + list(await session.exec(at_home.limit(_EACH))) if home else found


async def _by_code(session: AsyncSession, account_id: int, codes: Collection[str]) -> list[int]:
    if not codes:
        return []
    found: list[int] = []
    for code in (col(Reservation.code_key), col(Reservation.portal_key)):
        query = (
            select(ReservationGuest.actor_id)
            .join(Reservation, col(Reservation.id) == col(ReservationGuest.reservation_id))
            .where(
                col(Reservation.account_id) == account_id,
                code.in_(codes),
                col(Reservation.archived_at).is_(None),
            )
            .limit(_EACH)
        )
        found += await session.exec(query)
    return found


async def _by_ending(
    session: AsyncSession, account_id: int, number: str, now: datetime
) -> list[int]:
    """Guests of stays whose calendar tells the last digits."""
    if not number:
        return []
    query = (
        select(ReservationGuest.actor_id)
        .join(Reservation, col(Reservation.id) == col(ReservationGuest.reservation_id))
        .where(col(ReservationGuest.account_id) == account_id, *ends_alike(account_id, number, now))
    )
    return list(await session.exec(query.limit(_EACH)))


async def _by_name(session: AsyncSession, account_id: int, profile: str) -> list[int]:
    """Who is called so, or has each of two words or more among their names."""
    words = search_terms.words(profile)
    if not words:
        return []
    whole = await _with_terms(session, account_id, [WHOLE + search_terms.squeezed(profile)])
    return whole if len(words) < 2 else whole + await _with_terms(session, account_id, words)


async def _with_terms(session: AsyncSession, account_id: int, terms: Iterable[str]) -> list[int]:
    """Who has all of them; the longest leads, because few have it."""
    leading, *others = sorted(terms, key=len, reverse=True)
    query = select(ActorTerm.actor_id).where(
        col(ActorTerm.account_id) == account_id, col(ActorTerm.term) == leading
    )
    for term in others:
        other = aliased(ActorTerm)
        same_actor = (
            (col(other.account_id) == col(ActorTerm.account_id))
            & (col(other.term) == term)
            & (col(other.actor_id) == col(ActorTerm.actor_id))
        )
        query = query.join(other, same_actor)
    return list(await session.exec(query.limit(_EACH)))


async def _guests_about_now(session: AsyncSession, account_id: int, now: datetime) -> list[_Guest]:
    """The latest arrivals first."""
    today = now.date()
    query = (
        select(Actor.id, Actor.name)
        .join(ReservationGuest, col(ReservationGuest.actor_id) == col(Actor.id))
        .join(Reservation, col(Reservation.id) == col(ReservationGuest.reservation_id))
        .where(
            col(Reservation.account_id) == account_id,
            col(Reservation.check_in).between(today - _ARRIVED_WITHIN, today + _ARRIVES_WITHIN),
            col(Reservation.check_out) >= today - _LEFT_WITHIN,
            col(Reservation.archived_at).is_(None),
        )
        .order_by(col(Reservation.check_in).desc())
        .limit(_NEAR)
    )
    return [_Guest(id_, name) for id_, name in await session.exec(query)]


def _called_alike(guests: Iterable[_Guest], profile: str) -> list[int]:
    return [guest.id for guest in guests if name_reason(profile, guest.name)][:_EACH]


async def _not_heard_of(
    session: AsyncSession, account_id: int, guests: Collection[_Guest]
) -> list[int]:
    """Who has no conversation yet may be beginning one."""
    theirs = select(Conversation.id).where(
        col(Conversation.account_id) == account_id,
        col(Conversation.actor_id) == col(Actor.id),
        col(Conversation.address_id).is_not(None),
    )
    query = select(Actor.id).where(
        col(Actor.account_id) == account_id,
        col(Actor.id).in_({guest.id for guest in guests}),
        ~theirs.correlate(Actor).exists(),
    )
    return list(await session.exec(query.limit(_EACH)))
