"""Sessions: one row for each sign-in on each device. All times here are the machine's."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Session
from inbox_app.queries.signed_in import ABSOLUTE, IDLE, Candidate

SEEN_EVERY = timedelta(minutes=5)
"""How exactly «last seen» is kept: a write per event would be too many."""


async def start(
    session: AsyncSession, who: Candidate, token_hash: str, user_agent: str, now: datetime
) -> None:
    """From now on the cookie with this fingerprint stands for `who`."""
    session.add(
        Session(
            account_id=who.account_id,
            user_id=who.user_id,
            token_hash=token_hash,
            user_agent=user_agent[:300],
            created_at=now,
            seen_at=now,
        )
    )
    await session.flush()


async def end(session: AsyncSession, token_hash: str) -> None:
    """This device's session only; ending it twice is harmless."""
    await session.exec(delete(Session).where(col(Session.token_hash) == token_hash))


async def seen(session: AsyncSession, session_id: int, now: datetime) -> None:
    """The device is in use: its 30 days begin again."""
    mine = col(Session.id) == session_id
    await session.exec(update(Session).where(mine).values(seen_at=now))


async def prune(session: AsyncSession, now: datetime) -> None:
    """Forget the sessions that nobody can use any more."""
    too_old = (col(Session.seen_at) <= now - IDLE) | (col(Session.created_at) <= now - ABSOLUTE)
    await session.exec(delete(Session).where(too_old))
