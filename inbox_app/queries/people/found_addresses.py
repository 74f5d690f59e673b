"""The people on a channel that what somebody types finds: by their own names and numbers (P5)."""

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people import search_terms
from inbox_app.models import AddressTerm
from inbox_app.queries.search.terms import owners, ways


async def addresses_found(
    session: AsyncSession, account_id: int, typed: str, *, limit: int
) -> list[int]:
    """The ids of no more than ``limit`` for each way to find them, the closest first."""
    found: dict[int, None] = {}
    for way in ways(search_terms.needle(typed)):
        having = await owners(session, AddressTerm, "address_id", account_id, way)
        found |= dict.fromkeys(await session.exec(having.limit(limit)))
    return list(found)
