"""A person's data is erased everywhere: raw events, rows, files (A6).

Raw events come first: cut short, all that names the person is still there for another try.
"""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.live import Change
from inbox_app.runtime import Runtime
from inbox_app.services.personal_data.erase_actor import Erased, erase_actor
from inbox_app.services.personal_data.erase_events import AT_ONCE, last_event, naming, take_out
from inbox_app.services.personal_data.person_ids import PersonIds, person_ids
from inbox_app.services.upkeep.unnamed_files import unnamed

_GRACE = timedelta(minutes=30)
"""A file is put into the storage before its row is written: what is younger goes with the upkeep of
the next day."""


async def erase_person(
    runtime: Runtime,
    *,
    account_id: int,
    actor_id: int,
    name: str,
    user_id: int | None,
    now: datetime,
    real_now: datetime,
    by: str = "api",
) -> Erased:
    """``name`` stands from now on where theirs stood; ``by`` says who did it where no user did.

    Raises ``NotFoundError``.
    """

    async def erase(session: AsyncSession) -> Erased:
        return await erase_actor(
            session,
            account_id=account_id,
            actor_id=actor_id,
            name=name,
            user_id=user_id,
            now=now,
            by=by,
        )

    async with runtime.database.transaction() as session:
        person = await person_ids(session, account_id, actor_id)
    seen = await _clean_events(runtime, person, after=0)
    erased = await runtime.database.run_transaction(erase)
    await _clean_events(runtime, person, after=seen)
    runtime.live.publish(Change(account_id))
    await _forget_files(runtime, erased, real_now)
    return erased


async def _clean_events(runtime: Runtime, person: PersonIds, *, after: int) -> int:
    """The id of the last that was looked into."""
    async with runtime.database.reading() as session:
        last = await last_event(session)
    for start in range(after, last, AT_ONCE):
        async with runtime.database.reading() as session:
            found = await naming(session, person, start)
        if found:
            async with runtime.database.transaction() as session:
                await take_out(session, person, found)
    return last


async def _forget_files(runtime: Runtime, erased: Erased, real_now: datetime) -> None:
    async with runtime.database.reading() as session:
        unused = await unnamed(session, erased.files) if erased.files else set[str]()
    for name in unused:
        await runtime.storage.delete_if_older(name, real_now - _GRACE)
