"""Actors as the HTTP API shows them."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Actor, ActorPhone
from inbox_app.queries.api_rows import ActorOut, PhoneOut


async def actors(
    session: AsyncSession, account_id: int, *, limit: int, after: int | None
) -> tuple[list[ActorOut], int | None]:
    """A page of those that came from outside and are not archived, and where the next begins."""
    query = (
        select(Actor)
        .where(
            col(Actor.account_id) == account_id,
            col(Actor.external_id).is_not(None),
            col(Actor.archived_at).is_(None),
            col(Actor.id) > (after or 0),
        )
        .order_by(col(Actor.id))
        .limit(limit + 1)
    )
    found = (await session.exec(query)).all()
    page = found[:limit]
    return await _shown(session, account_id, page), page[-1].id if len(found) > limit else None


async def actor(session: AsyncSession, account_id: int, external_id: str) -> ActorOut | None:
    """The one with this key, archived or not; None when this account has none."""
    query = select(Actor).where(
        col(Actor.account_id) == account_id, col(Actor.external_id) == external_id
    )
    shown = await _shown(session, account_id, (await session.exec(query)).all())
    return shown[0] if shown else None


async def _shown(session: AsyncSession, account_id: int, rows: Sequence[Actor]) -> list[ActorOut]:
    query = (
        select(ActorPhone)
        .where(
            col(ActorPhone.account_id) == account_id,
            col(ActorPhone.actor_id).in_([row.id for row in rows]),
        )
        .order_by(col(ActorPhone.position), col(ActorPhone.id))
    )
    phones: dict[int, list[PhoneOut]] = defaultdict(list)
    for phone in await session.exec(query):
        phones[phone.actor_id].append(PhoneOut(phone.raw, phone.e164, phone.whatsapp))
    return [_out(row, phones[row.id]) for row in rows]


def _out(row: Actor, phones: list[PhoneOut]) -> ActorOut:
    return ActorOut(
        external_id=row.external_id or "",
        kind=row.kind,
        name=row.name,
        phones=phones,
        email=row.email,
        language=row.language,
        country=row.country,
        archived=row.archived_at is not None,
    )
