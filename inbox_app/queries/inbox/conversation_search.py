"""What the search box looks through: names, numbers, reservation codes and words in messages
(P5)."""

import re

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from inbox_app.channels.inbound import PHONE
from inbox_app.models import (
    Actor,
    ActorPhone,
    Address,
    AddressAlias,
    Conversation,
    Message,
    Reservation,
    ReservationGuest,
)

_FEWEST_DIGITS = 3
_NUMBER = re.compile(r"[\d\s+().\-/]+")


def found(account_id: int, search: str) -> ColumnElement[bool]:
    """Whether a row of the conversation table has to do with ``search``, whatever its case."""
    return or_(*_places(account_id, search.strip()))


def _places(account_id: int, needle: str) -> list[ColumnElement[bool]]:
    actor, address = col(Conversation.actor_id), col(Conversation.address_id)
    places: list[ColumnElement[bool]] = [
        actor.in_(_actors_named(account_id, needle)),
        actor.in_(_actors_of_reservation(account_id, needle)),
        address.in_(_addresses_named(account_id, needle)),
        col(Conversation.id).in_(_conversations_saying(account_id, needle)),
    ]
    if digits := digits_of(needle):
        places.append(actor.in_(actors_with_number(account_id, digits)))
        places.append(address.in_(_addresses_with_number(account_id, digits)))
    return places


def digits_of(needle: str) -> str:
    """Those of a number, or of enough of one; "" for words."""
    digits = re.sub(r"\D", "", needle).removeprefix("00")
    return digits if _NUMBER.fullmatch(needle) and len(digits) >= _FEWEST_DIGITS else ""


def _actors_named(account_id: int, needle: str) -> SelectOfScalar[int]:
    return select(col(Actor.id)).where(
        col(Actor.account_id) == account_id, col(Actor.name).icontains(needle, autoescape=True)
    )


def _actors_of_reservation(account_id: int, needle: str) -> SelectOfScalar[int]:
    return (
        select(col(ReservationGuest.actor_id))
        .join(Reservation, col(Reservation.id) == col(ReservationGuest.reservation_id))
        .where(
            col(Reservation.account_id) == account_id,
            col(Reservation.code).icontains(needle, autoescape=True),
        )
    )


def _addresses_named(account_id: int, needle: str) -> SelectOfScalar[int]:
    return select(col(Address.id)).where(
        col(Address.account_id) == account_id,
        or_(
            col(Address.profile_name).icontains(needle, autoescape=True),
            col(Address.username).icontains(needle.removeprefix("@"), autoescape=True),
        ),
    )


def _conversations_saying(account_id: int, needle: str) -> SelectOfScalar[int]:
    return select(col(Message.conversation_id)).where(
        col(Message.account_id) == account_id,
        col(Message.text).icontains(needle, autoescape=True),
    )


def actors_with_number(account_id: int, digits: str) -> SelectOfScalar[int]:
    """The ids of those with a phone that has these digits in it."""
    return select(col(ActorPhone.actor_id)).where(
        col(ActorPhone.account_id) == account_id, col(ActorPhone.match_key).contains(digits)
    )


def _addresses_with_number(account_id: int, digits: str) -> SelectOfScalar[int]:
    return select(col(AddressAlias.address_id)).where(
        col(AddressAlias.account_id) == account_id,
        col(AddressAlias.kind) == PHONE,
        col(AddressAlias.value).contains(digits),
    )
