"""What the property-management system puts under keys of its own: shown, put, archived (A3)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from fastapi import Response
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.live import Change
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder
from inbox_app.services.by_key import UnknownKeyError

Out = TypeVar("Out")
Given = TypeVar("Given")
Find = Callable[[AsyncSession, int, str], Awaitable[Out | None]]
"""What an account has under a key."""
Put = Callable[[AsyncSession, int, str, Given, datetime], Awaitable[bool]]
"""Creates or replaces it; True when created."""
Archive = Callable[[AsyncSession, int, str, datetime], Awaitable[bool]]
"""False when there is no such thing."""


async def shown(find: Find[Out], holder: KeyHolder, external_id: str) -> Out:
    """It, archived or not; raises ``Problem`` when this account has none."""
    async with current_runtime().database.reading() as session:
        found = await find(session, holder.account_id, external_id)
    if found is None:
        raise not_found()
    return found


async def put(
    write: Put[Given],
    holder: KeyHolder,
    external_id: str,
    given: Given,
    answer: Response,
    now: Callable[[], datetime] = clock.real_now,
) -> None:
    """Create (201) or replace (200) it, and tell the open pages."""

    async def work(session: AsyncSession) -> bool:
        return await write(session, holder.account_id, external_id, given, now())

    if await current_runtime().database.run_transaction(work):
        answer.status_code = 201
    current_runtime().live.publish(Change(holder.account_id))


async def archive(take_out: Archive, holder: KeyHolder, external_id: str) -> None:
    """Take it out of the lists, and tell the open pages."""
    async with current_runtime().database.transaction() as session:
        found = await take_out(session, holder.account_id, external_id, clock.real_now())
    if not found:
        raise not_found()
    current_runtime().live.publish(Change(holder.account_id))


def unknown(error: UnknownKeyError) -> Problem:
    """What names a key that nothing was put under."""
    what = _CALLED.get(error.member, error.member)
    why = f"No {what} has been put under this key"
    errors = [{"where": f"body.{error.member}", "why": why}]
    return Problem(422, "invalid", f"{why}.", errors=errors)


_CALLED = {"guests": "actor"}
