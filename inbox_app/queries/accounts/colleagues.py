"""The people whom a conversation can be assigned to: those who come in (X1)."""

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import User
from inbox_app.queries.accounts.people import MOST_PEOPLE
from inbox_app.queries.accounts.rows import ColleagueRow
from inbox_app.queries.people.names import initials


async def colleagues(session: AsyncSession, account_id: int) -> list[ColleagueRow]:
    """By name."""
    query = select(User.id, User.name, User.email).where(
        col(User.account_id) == account_id, *come_in()
    )
    rows = await session.exec(query.order_by(col(User.name), col(User.email)).limit(MOST_PEOPLE))
    return [colleague(*row) for row in rows]


async def colleague_by_email(session: AsyncSession, account_id: int, email: str) -> int | None:
    """The id of whoever signs in with it."""
    query = select(User.id).where(
        col(User.account_id) == account_id, *come_in(), col(User.email) == email
    )
    return (await session.exec(query)).one_or_none()


def come_in() -> tuple[ColumnElement[bool], ...]:
    """Neither deactivated, nor invited and never seen."""
    return (
        col(User.disabled_at).is_(None),
        col(User.password_hash) != "",
    )


def colleague(id_: int | None, name: str | None, email: str | None) -> ColleagueRow:
    """As the lists show them; all empty for nobody."""
    shown = name or email or ""
    return ColleagueRow(
        id="" if id_ is None else str(id_), name=shown, initials=initials(shown.split("@")[0])
    )
