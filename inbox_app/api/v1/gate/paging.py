"""Lists: `?limit=` and `?cursor=` in, `items` and `next_cursor` out."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Generic, Protocol, TypeVar

from fastapi import Query
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.api.v1.gate.problems import Problem
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)

Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before.")]
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""What goes by ids alone has no moment to name."""


class Page(BaseModel, Generic[Item]):
    """A part of a list."""

    items: list[Item]
    next_cursor: str | None


class InOrderOfIds(Protocol[Item_co]):
    """A query that answers a page of an account's, and the id after which the next begins."""

    async def __call__(
        self, session: AsyncSession, account_id: int, *, limit: int, after: int | None
    ) -> tuple[Sequence[Item_co], int | None]: ...


async def page_of(
    find: InOrderOfIds[Item], holder: KeyHolder, limit: int, cursor: str | None
) -> Page[Item]:
    """The page at `cursor`; raises ``Problem`` for one that we did not make."""
    place = decode(cursor)
    async with current_runtime().database.reading() as session:
        items, after = await find(session, holder.account_id, limit=limit, after=place and place[1])
    return Page(items=list(items), next_cursor=encode((_BEGINNING, after) if after else None))


def encode(place: tuple[datetime, int] | None) -> str | None:
    """A place in a list as an opaque text."""
    if place is None:
        return None
    text = json.dumps([place[0].isoformat(), place[1]])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str | None) -> tuple[datetime, int] | None:
    """The place; raises ``Problem`` for what we did not make."""
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        moment, number = json.loads(base64.urlsafe_b64decode(padded))
        place = datetime.fromisoformat(moment), number
        place[0].astimezone(UTC)
    except (binascii.Error, ValueError, TypeError, RecursionError, OverflowError):
        raise _bad_cursor() from None
    if place[0].tzinfo is None or type(number) is not int or not 0 <= number < 2**63:
        raise _bad_cursor()
    return place


def _bad_cursor() -> Problem:
    return Problem(400, "cursor", "This cursor is not one of ours.")
