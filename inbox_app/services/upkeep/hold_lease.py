"""Agreeing on the one process that does what only one may do."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Lease


async def hold(
    session: AsyncSession,
    name: str,
    holder: str,
    now: datetime,
    lasts: timedelta,
    *,
    is_gone: Callable[[str], bool] = lambda _: False,
) -> bool:
    """Take the lease or renew it; False while another holder's has not run out, unless that one
    ``is_gone``."""
    free = (col(Lease.holder) == holder) | (col(Lease.expires_at) <= now)
    before = (await session.exec(select(Lease.holder).where(col(Lease.name) == name))).first()
    if before is not None and is_gone(before):
        free |= col(Lease.holder) == before
    taken = await session.exec(
        update(Lease)
        .where(col(Lease.name) == name, free)
        .values(holder=holder, expires_at=now + lasts)
    )
    if taken.rowcount:
        return True
    try:
        async with session.begin_nested():
            session.add(Lease(name=name, holder=holder, expires_at=now + lasts))
    except IntegrityError:
        return False
    return True


async def release(session: AsyncSession, name: str, holder: str) -> None:
    """Let another take it at once; harmless for who does not hold it."""
    mine = (col(Lease.name) == name) & (col(Lease.holder) == holder)
    await session.exec(delete(Lease).where(mine))
