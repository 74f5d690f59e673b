"""The people of an account, and the devices on which one of them has signed in (X1)."""

from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Session, User
from inbox_app.queries.accounts.rows import DeviceRow, PersonRow
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
        select(User, seen.c.at)
        .outerjoin(seen, seen.c.user_id == col(User.id))
        .where(col(User.account_id) == account_id)
        .order_by(col(User.disabled_at).is_not(None), col(User.email))
        .limit(MOST_PEOPLE)
    )
    return [_person(user, at) for user, at in (await session.exec(query)).all()]


def _person(user: User, seen_at: datetime | None) -> PersonRow:
    state = "active" if user.password_hash else "invited"
    return PersonRow(
        id=str(user.id),
        name=user.name,
        email=user.email,
        role=user.role.value,
        state="disabled" if user.disabled_at else state,
        seen_at=millis(seen_at),
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
