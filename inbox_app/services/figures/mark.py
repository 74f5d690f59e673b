"""How far messages are counted, and which may be counted next."""

from datetime import datetime, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import FiguresMark, Message

LOOKS_AGAIN = timedelta(seconds=20)
"""What was seen is counted after this: by then nobody can take it back, and what fails at once has
failed."""


async def the_mark(session: AsyncSession) -> FiguresMark:
    """Ours alone until the commit."""
    found = (await session.exec(select(FiguresMark).with_for_update())).one_or_none()
    if found is None:
        session.add(found := FiguresMark())
        await session.flush()
    return found


async def is_time(session: AsyncSession, real_now: datetime) -> bool:
    """Whether what was seen may be counted, and more be looked for."""
    mark = (await session.exec(select(FiguresMark))).one_or_none()
    return mark is None or _is_time(mark, real_now)


async def look(session: AsyncSession, now: datetime, real_now: datetime) -> None:
    """Note what is there now, to be counted when one comes again; not before what was there at the
    last look is."""
    mark = await the_mark(session)
    if _is_behind(mark) or not _is_time(mark, real_now):
        return
    newest = (await session.exec(select(func.max(col(Message.id))))).one() or 0
    mark.seen_up_to = max(mark.counted_up_to, newest)
    mark.seen_at, mark.looked_at = now, real_now
    mark.writers = " ".join(await _writers(session))
    session.add(mark)


async def settled_up_to(session: AsyncSession, mark: FiguresMark) -> int:
    """What was seen; nothing of it while somebody who wrote then still does: a lower id may yet
    come to light."""
    still = set(mark.writers.split()) & await _writers(session)
    return mark.counted_up_to if still else mark.seen_up_to


def _is_behind(mark: FiguresMark) -> bool:
    return mark.counted_up_to < mark.seen_up_to


def _is_time(mark: FiguresMark, real_now: datetime) -> bool:
    return mark.looked_at is None or mark.looked_at + LOOKS_AGAIN <= real_now


async def _writers(session: AsyncSession) -> set[str]:
    """The transactions that write messages now. Where one writes at a time, ids come to light in
    their order."""
    connection = await session.connection()
    if connection.dialect.name != "postgresql":
        return set()
    return set((await connection.exec_driver_sql(_WRITERS)).scalars())


_WRITERS = (
    "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND granted"
    " AND relation = 'message'::regclass AND mode = 'RowExclusiveLock' AND database ="
    " (SELECT oid FROM pg_database WHERE datname = current_database())"
)
