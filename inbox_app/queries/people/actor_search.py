"""Whom one may begin a conversation with: the account's actors by name or number."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import clean_line
from inbox_app.domain.people import phones
from inbox_app.models import Account, Actor, ActorPhone
from inbox_app.queries.inbox.rows import FoundActorRow
from inbox_app.queries.people.found_actors import ids_found
from inbox_app.queries.people.names import initials

_LONGEST = 80


async def actors_found(
    session: AsyncSession, account_id: int, words: str, *, limit: int
) -> list[FoundActorRow]:
    """What begins most alike, in the order of their names; all of them while there are no words."""
    listed = select(Actor).where(
        col(Actor.account_id) == account_id, col(Actor.archived_at).is_(None)
    )
    if words.strip():
        ids = await ids_found(session, account_id, words, limit=limit)
        some = await session.exec(listed.where(col(Actor.id).in_(ids)))
        found = sorted(some, key=lambda actor: (actor.sort_name, actor.id))
    else:
        in_order = listed.order_by(col(Actor.sort_name), col(Actor.id))
        found = (await session.exec(in_order.limit(limit))).all()
    on_file = await phones_on_file(session, account_id, [actor.id for actor in found])
    return [_row(actor, on_file[actor.id]) for actor in found]


async def names_with_number(session: AsyncSession, account_id: int, e164: str) -> list[str]:
    """How those are called who have the number, in any spelling."""
    query = (
        select(Actor.name)
        .join(ActorPhone, col(ActorPhone.actor_id) == col(Actor.id))
        .where(
            col(Actor.account_id) == account_id,
            col(Actor.archived_at).is_(None),
            col(ActorPhone.match_key) == phones.canonical(e164),
        )
        .order_by(col(Actor.id))
    )
    return [clean_line(name, _LONGEST) for name in dict.fromkeys(await session.exec(query))]


async def account_country(session: AsyncSession, account_id: int) -> str:
    """Where a number without a prefix is most likely dialled."""
    return (await session.exec(select(Account.country).where(col(Account.id) == account_id))).one()


async def phones_on_file(
    session: AsyncSession, account_id: int, actor_ids: Collection[int]
) -> defaultdict[int, list[ActorPhone]]:
    """The numbers of each of them, in their order."""
    query = (
        select(ActorPhone)
        .where(col(ActorPhone.account_id) == account_id, col(ActorPhone.actor_id).in_(actor_ids))
        .order_by(col(ActorPhone.position), col(ActorPhone.id))
    )
    found: defaultdict[int, list[ActorPhone]] = defaultdict(list)
    for phone in await session.exec(query):
        found[phone.actor_id].append(phone)
    return found


def _row(actor: Actor, on_file: list[ActorPhone]) -> FoundActorRow:
    first = next((phone for phone in on_file if phone.whatsapp), on_file[0] if on_file else None)
    name = clean_line(actor.name, _LONGEST)
    return FoundActorRow(
        id=str(actor.id),
        name=name,
        initials=initials(name),
        kind=actor.kind.value,
        phone=phones.display(first.e164) if first and first.e164 else (first.raw if first else ""),
        phones=1 if first and first.whatsapp else len(on_file),
        usable=first is not None and first.e164 is not None,
    )
