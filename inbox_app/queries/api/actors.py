"""Actors as the HTTP API shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, ActorPhone
from inbox_app.queries.api.pages import page_by_key
from inbox_app.queries.people.actor_search import phones_on_file


@dataclass(frozen=True, slots=True)
class PhoneOut:
    """A number as it was given, and the E.164 it gives."""

    raw: str
    e164: str | None
    whatsapp: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorOut:
    """A guest, owner or supplier."""

    external_id: str
    kind: ActorKind
    name: str
    phones: list[PhoneOut]
    email: str | None
    language: str | None
    country: str | None
    archived: bool


async def actors(
    session: AsyncSession, account_id: int, *, limit: int, after: int | None
) -> tuple[list[ActorOut], int | None]:
    """A page of those that came from outside and are not archived, and where the next begins."""
    ours = select(Actor).where(col(Actor.account_id) == account_id)
    page, more = await page_by_key(session, ours, Actor, limit=limit, after=after)
    return await _shown(session, account_id, page), more


async def actor(session: AsyncSession, account_id: int, external_id: str) -> ActorOut | None:
    """The one with this key, archived or not; None when this account has none."""
    query = select(Actor).where(
        col(Actor.account_id) == account_id, col(Actor.external_id) == external_id
    )
    shown = await _shown(session, account_id, (await session.exec(query)).all())
    return shown[0] if shown else None


async def external_id_of(session: AsyncSession, account_id: int, actor_id: int) -> str | None:
    """None for who has none of the property-management system."""
    query = select(Actor.external_id).where(
        col(Actor.account_id) == account_id, col(Actor.id) == actor_id
    )
    return (await session.exec(query)).first()


async def known_id(session: AsyncSession, account_id: int, external_id: str) -> int | None:
    """Our id of the one with this key, or of whom they were merged into, archived or not."""
    query = select(func.coalesce(Actor.merged_into, Actor.id)).where(
        col(Actor.account_id) == account_id, col(Actor.external_id) == external_id
    )
    return (await session.exec(query)).first()


async def listed_id(session: AsyncSession, account_id: int, external_id: str) -> int | None:
    """Our id of the one with this key, or of whom they were merged into, unless archived."""
    meant = select(func.coalesce(Actor.merged_into, Actor.id)).where(
        col(Actor.account_id) == account_id, col(Actor.external_id) == external_id
    )
    query = select(Actor.id).where(
        col(Actor.account_id) == account_id,
        col(Actor.id).in_(meant),
        col(Actor.archived_at).is_(None),
    )
    return (await session.exec(query)).first()


async def _shown(session: AsyncSession, account_id: int, rows: Sequence[Actor]) -> list[ActorOut]:
    on_file = await phones_on_file(session, account_id, [row.id for row in rows])
    return [_out(row, on_file[row.id]) for row in rows]


def _out(row: Actor, on_file: list[ActorPhone]) -> ActorOut:
    return ActorOut(
        external_id=row.external_id or "",
        kind=row.kind,
        name=row.name,
        phones=[PhoneOut(phone.raw, phone.e164, phone.whatsapp) for phone in on_file],
        email=row.email,
        language=row.language,
        country=row.country,
        archived=row.archived_at is not None,
    )
