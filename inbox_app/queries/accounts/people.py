"""The people of an account, and the devices on which one of them has signed in (X1)."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Account, RecoveryCode, Session, TwoFactor, User
from inbox_app.queries.accounts.rows import DeviceRow, FactorRow, PersonRow
from inbox_app.queries.accounts.signed_in import ABSOLUTE, IDLE, SignedIn
from inbox_app.web import millis

MOST_PEOPLE = 130
MOST_DEVICES = 50


async def people_of(session: AsyncSession, account_id: int) -> list[PersonRow]:
    """By e-mail, those who come in first and those who may not any more last."""
    seen = (
        select(col(Session.user_id), func.max(col(Session.seen_at)).label("at"))
        .where(col(Session.account_id) == account_id)
        .group_by(col(Session.user_id))
        .subquery()
    )
    query = (
        select(User, seen.c.at, _has_factor(account_id))
        .outerjoin(seen, seen.c.user_id == col(User.id))
        .where(col(User.account_id) == account_id)
        .order_by(col(User.disabled_at).is_not(None), col(User.email))
        .limit(MOST_PEOPLE)
    )
    return [_person(*found) for found in (await session.exec(query)).all()]


def _has_factor(account_id: int) -> ColumnElement[bool]:
    return exists().where(
        col(TwoFactor.account_id) == account_id,
        col(TwoFactor.user_id) == col(User.id),
        col(TwoFactor.confirmed_at).is_not(None),
    )


def _person(user: User, seen_at: datetime | None, two_factor: bool) -> PersonRow:
    state = "active" if user.password_hash else "invited"
    return PersonRow(
        id=str(user.id),
        name=user.name,
        email=user.email,
        role=user.role.value,
        state="disabled" if user.disabled_at else state,
        seen_at=millis(seen_at),
        two_factor=two_factor,
    )


async def requires_two_factor(session: AsyncSession, account_id: int) -> bool:
    """Whether nobody signs in with a password alone."""
    return (await session.get_one(Account, account_id)).requires_two_factor


async def factor_of(session: AsyncSession, who: SignedIn) -> FactorRow:
    """How the person's own second factor stands."""
    mine = select(User.id).where(
        col(User.account_id) == who.account_id,
        col(User.id) == who.user_id,
        _has_factor(who.account_id),
    )
    left = select(func.count(col(RecoveryCode.id))).where(
        col(RecoveryCode.account_id) == who.account_id, col(RecoveryCode.user_id) == who.user_id
    )
    return FactorRow(
        on=(await session.exec(mine)).first() is not None,
        codes_left=(await session.exec(left)).one(),
        required=await requires_two_factor(session, who.account_id),
    )


async def devices_of(session: AsyncSession, who: SignedIn, now: datetime) -> list[DeviceRow]:
    """Where the person is signed in, this device first, then the last seen. `browser` holds the
    header as it came: what it says is read off the event loop."""
    query = (
        select(Session)
        .where(
            col(Session.account_id) == who.account_id,
            col(Session.user_id) == who.user_id,
            col(Session.seen_at) > now - IDLE,
            col(Session.created_at) > now - ABSOLUTE,
        )
        .order_by(col(Session.id) != who.session_id, col(Session.seen_at).desc())
        .limit(MOST_DEVICES)
    )
    return [
        DeviceRow(
            id=str(row.id),
            browser=row.user_agent,
            system="",
            seen_at=millis(row.seen_at),
            here=row.id == who.session_id,
        )
        for row in (await session.exec(query)).all()
    ]
