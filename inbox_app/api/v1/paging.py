"""Lists: `?limit=` and `?cursor=` in, `items` and `next_cursor` out."""

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from inbox_app.api.v1.problems import Problem

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before.")]


class Page(BaseModel, Generic[Item]):
    """A part of a list."""

    items: list[Item]
    next_cursor: str | None


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
