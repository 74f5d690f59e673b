"""`/search`: people, reservations and messages by what somebody types (P5)."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from inbox_app import clock
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.domain.messages import clean_line
from inbox_app.queries.api import search
from inbox_app.queries.api.search import FoundOut, What
from inbox_app.runtime import current_runtime

router = APIRouter(prefix="/search", tags=["search"])
_TYPED = (
    "What the search box takes: words, numbers, codes. Accents, case, dashes and spaces do not "
    "matter, and the end of a word may be missing."
)


class Results(BaseModel):
    """What was found."""

    items: list[FoundOut]


@router.get("")
async def find(
    holder: Holder,
    q: Annotated[str, Query(max_length=100, description=_TYPED)],
    what: Annotated[list[What] | None, Query(description="These alone.")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many of each at most.")] = 20,
) -> Results:
    """People first, then reservations, then messages, each best first: the closest name or code,
    the newest message. `highlights` are places in `title` and `snippet`, in characters."""
    async with current_runtime().database.reading() as session:
        items = await search.found(
            session, holder.account_id, clean_line(q), clock.now(), limit=limit
        )
    return Results(items=[item for item in items if not what or item.what in what])
