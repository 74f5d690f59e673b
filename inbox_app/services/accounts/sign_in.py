"""Who may sign in, and their sessions: one row for each sign-in on each device (X1).

All times here are the machine's.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Account, NotifiedDevice, Session, TwoFactor, User
from inbox_app.queries.accounts.signed_in import ABSOLUTE, IDLE, Candidate

SEEN_EVERY = timedelta(minutes=5)
"""How exactly «last seen» is kept: a write per event would be too many."""


class NotAnyMoreError(Exception):
    """Since the password was compared it was changed, its person disabled, or a second factor
    required that they have not set up."""


async def start(
    session: AsyncSession, who: Candidate, token_hash: str, user_agent: str, now: datetime
) -> None:
    """From now on the cookie with this fingerprint stands for `who`.

    Raises:
        NotAnyMoreError: comparing takes a while, and this session would outlive what ended all.
    """
    lacks_a_factor = await _wants_a_factor(session, who)
    mine = (
        select(User.id)
        .where(
            col(User.id) == who.user_id,
            col(User.account_id) == who.account_id,
            col(User.password_hash) == who.password_hash,
            col(User.disabled_at).is_(None),
        )
        .with_for_update()
    )
    if (await session.exec(mine)).first() is None or lacks_a_factor:
        raise NotAnyMoreError
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


async def _wants_a_factor(session: AsyncSession, who: Candidate) -> bool:
    """Whether the company asks of everybody, by now, what this person has not set up. Locked: who
    is just requiring it waits, and ends this session too."""
    required = select(Account.requires_two_factor).where(col(Account.id) == who.account_id)
    if not (await session.exec(required.with_for_update(read=True))).one():
        return False
    theirs = select(TwoFactor.user_id).where(
        col(TwoFactor.user_id) == who.user_id,
        col(TwoFactor.account_id) == who.account_id,
        col(TwoFactor.confirmed_at).is_not(None),
    )
    return (await session.exec(theirs)).first() is None


async def end(session: AsyncSession, token_hash: str) -> None:
    """This device's session only; ending it twice is harmless."""
    await session.exec(delete(Session).where(col(Session.token_hash) == token_hash))


async def end_all(session: AsyncSession, account_id: int, user_id: int) -> int:
    """All of a person's sessions, on every device; how many there were."""
    return await _end(session, account_id, col(Session.user_id) == user_id)


async def end_others(session: AsyncSession, account_id: int, user_id: int, kept: int) -> int:
    """All of a person's sessions but one; how many there were."""
    others = (col(Session.user_id) == user_id) & (col(Session.id) != kept)
    return await _end(session, account_id, others)


async def end_one(session: AsyncSession, account_id: int, user_id: int, session_id: int) -> None:
    """One of a person's sessions; of somebody else's nothing happens."""
    theirs = (
        col(Session.account_id) == account_id,
        col(Session.user_id) == user_id,
        col(Session.id) == session_id,
    )
    await session.exec(delete(Session).where(*theirs))


async def _end(session: AsyncSession, account_id: int, these: ColumnElement[bool]) -> int:
    """Sessions first, then their devices, each by its id, and with them what is on its way there:
    in the order in which all who write pushes hold them."""
    theirs = col(Session.account_id) == account_id, these
    locked = select(Session.id).where(*theirs).order_by(col(Session.id)).with_for_update()
    ids = (await session.exec(locked)).all()
    devices = select(NotifiedDevice.id).where(
        col(NotifiedDevice.account_id) == account_id, col(NotifiedDevice.session_id).in_(ids)
    )
    await session.exec(devices.order_by(col(NotifiedDevice.id)).with_for_update())
    await session.exec(delete(Session).where(*theirs, col(Session.id).in_(ids)))
    return len(ids)


async def seen(session: AsyncSession, session_id: int, now: datetime) -> None:
    """The device is in use: its 30 days begin again."""
    mine = col(Session.id) == session_id
    await session.exec(update(Session).where(mine).values(seen_at=now))


async def prune(session: AsyncSession, now: datetime) -> None:
    """Forget the sessions that nobody can use any more."""
    too_old = (col(Session.seen_at) <= now - IDLE) | (col(Session.created_at) <= now - ABSOLUTE)
    await session.exec(delete(Session).where(too_old))
