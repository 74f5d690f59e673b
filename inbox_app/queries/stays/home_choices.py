"""Homes to choose one from: of a task, of a reservation, of somebody who is put on file."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import clean_line
from inbox_app.models import Accommodation
from inbox_app.queries.stays.rows import ChoiceRow

_LONGEST = 80
_MOST = 20


async def homes_to_choose(session: AsyncSession, account_id: int, words: str) -> list[ChoiceRow]:
    """By name; without words the first of all."""
    query = (
        select(Accommodation.id, Accommodation.name)
        .where(
            col(Accommodation.account_id) == account_id,
            col(Accommodation.archived_at).is_(None),
            col(Accommodation.name).icontains(words.strip(), autoescape=True),
        )
        .order_by(col(Accommodation.name), col(Accommodation.id))
        .limit(_MOST)
    )
    rows = await session.exec(query)
    return [ChoiceRow(id=str(id_), name=clean_line(name, _LONGEST)) for id_, name in rows]
