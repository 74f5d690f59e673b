"""Tasks that were made from what somebody wrote lose their words; the work stays (A6)."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Task


async def erase_tasks(
    session: AsyncSession, account_id: int, message_ids: Collection[int], name: str
) -> None:
    """``name`` stands from now on where their words stood."""
    await session.exec(
        update(Task)
        .where(col(Task.account_id) == account_id, col(Task.message_id).in_(message_ids))
        .values(title=name, description=None, message_id=None)
    )
