"""Lists that a person keeps under a name: a filter, a label, a search (P9)."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.conversations.labels import MOST, NameProblem, NameRefusedError, checked_name
from inbox_app.models import SavedView


async def save_view(
    session: AsyncSession,
    account_id: int,
    user_id: int,
    name: str,
    *,
    filter_: str,
    label_id: int | None,
    search: str,
    now: datetime,
) -> SavedView:
    """One of that name is another list from now on. Raises ``NameRefusedError``."""
    kept = checked_name(name)
    theirs = col(SavedView.account_id) == account_id, col(SavedView.user_id) == user_id
    named = select(SavedView).where(*theirs, col(SavedView.name_key) == kept.casefold())
    view = (await session.exec(named)).one_or_none()
    many = select(func.count(col(SavedView.id))).where(*theirs)
    if view is None and (await session.exec(many)).one() >= MOST:
        raise NameRefusedError(NameProblem.TOO_MANY)
    view = view or SavedView(
        account_id=account_id,
        user_id=user_id,
        name=kept,
        name_key=kept.casefold(),
        filter=filter_,
        created_at=now,
    )
    view.name, view.filter, view.label_id, view.search = kept, filter_, label_id, search
    session.add(view)
    await session.flush()
    return view


async def delete_view(session: AsyncSession, account_id: int, user_id: int, view_id: int) -> bool:
    """A person's own only; whether there was one."""
    gone = delete(SavedView).where(
        col(SavedView.account_id) == account_id,
        col(SavedView.user_id) == user_id,
        col(SavedView.id) == view_id,
    )
    return (await session.exec(gone)).rowcount == 1
