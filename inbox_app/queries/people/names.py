"""How people are called on screen: whoever is on the other side, and our own (A1)."""

from typing import Any, NamedTuple

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import clean_line
from inbox_app.domain.people import phones
from inbox_app.models import Actor, Conversation, User
from inbox_app.queries.inbox.rows import ActorKind

_LONGEST_NAME = 80


class Person(NamedTuple):
    """A name to show. ``initials`` is empty for a number."""

    name: str
    name_is_number: bool
    initials: str
    kind: ActorKind
    profile_name: str
    phone: str


def person(row: Any) -> Person:
    """Of a row with ``actor_name``, ``actor_kind``, ``value``, ``username``, ``profile_name``.

    The actor's name, else the number or address; who has none has a username, or only the name
    of the profile, which anybody may change.
    """
    profile = clean_line(row.profile_name or "", _LONGEST_NAME)
    phone = phones.display(row.value) if row.value else ""
    kind: ActorKind = row.actor_kind.value if row.actor_kind else "unknown"
    if row.actor_name:
        name = clean_line(row.actor_name, _LONGEST_NAME)
        return Person(name, False, initials(name), kind, profile, phone)
    if phone:
        return Person(phone, True, "", kind, profile, phone)
    name = f"@{row.username}" if row.username else profile
    return Person(name, False, initials(name), kind, profile, "")


async def actor_name(session: AsyncSession, account_id: int, actor_id: int) -> str:
    """How an actor is called; "" when there is none in this account."""
    query = select(Actor.name).where(col(Actor.id) == actor_id, col(Actor.account_id) == account_id)
    return clean_line((await session.exec(query)).first() or "", _LONGEST_NAME)


async def conversation_actor_name(
    session: AsyncSession, account_id: int, conversation_id: int
) -> str:
    """How the actor of a conversation is called; "" where there is none."""
    query = (
        select(Actor.name)
        .join(Conversation, col(Conversation.actor_id) == col(Actor.id))
        .where(col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id)
    )
    return clean_line((await session.exec(query)).first() or "", _LONGEST_NAME)


async def user_name(session: AsyncSession, account_id: int, user_id: int | None) -> str:
    """How one of the account's own people is called, by e-mail if need be; "" for nobody."""
    query = select(User.name, User.email).where(
        col(User.id) == user_id, col(User.account_id) == account_id
    )
    name, email = (await session.exec(query)).first() or ("", "")
    return name or email


def initials(name: str) -> str:
    """Of the first and the last word: «Ada Lovelace» → «AL»."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in dict.fromkeys((*words[:1], *words[-1:]))).upper()
