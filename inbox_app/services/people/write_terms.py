"""What actors are found by, written in the transaction that changes what is on file of them."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people import search_terms
from inbox_app.models import Actor, ActorPhone, ActorTerm
from inbox_app.services.bulk import MAX_IN_A_LIST, insert_new

_OnFile = tuple[str | None, str]


async def write_terms(session: AsyncSession, account_id: int, actor_ids: Collection[int]) -> None:
    """Call it after every change of a name, an e-mail address or a phone."""
    wanted = sorted(set(actor_ids))
    for start in range(0, len(wanted), MAX_IN_A_LIST):
        await _write(session, account_id, wanted[start : start + MAX_IN_A_LIST])


async def _write(session: AsyncSession, account_id: int, ids: Collection[int]) -> None:
    await session.flush()
    ours = (col(ActorTerm.account_id) == account_id, col(ActorTerm.actor_id).in_(ids))
    await session.exec(delete(ActorTerm).where(*ours))
    phones = await _phones(session, account_id, ids)
    people = select(Actor.id, Actor.name, Actor.email).where(
        col(Actor.account_id) == account_id, col(Actor.id).in_(ids)
    )
    rows = [
        {"account_id": account_id, "term": term, "actor_id": id_}
        for id_, name, email in await session.exec(people)
        for term in sorted(search_terms.terms(name, email, phones[id_]))
    ]
    await insert_new(await session.connection(), ActorTerm, rows, col(ActorTerm.actor_id))


async def _phones(
    session: AsyncSession, account_id: int, ids: Collection[int]
) -> defaultdict[int, list[_OnFile]]:
    query = select(ActorPhone.actor_id, ActorPhone.match_key, ActorPhone.raw).where(
        col(ActorPhone.account_id) == account_id, col(ActorPhone.actor_id).in_(ids)
    )
    phones: defaultdict[int, list[_OnFile]] = defaultdict(list)
    for actor_id, match_key, raw in await session.exec(query):
        phones[actor_id].append((match_key, raw))
    return phones
