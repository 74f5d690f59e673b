"""Whether a person has put the advice on two numbers away."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import User


async def wants_advice(session: AsyncSession, account_id: int, user_id: int) -> bool:
    """Until it is dismissed."""
    query = select(User.advice_dismissed_at).where(
        col(User.id) == user_id, col(User.account_id) == account_id
    )
    return (await session.exec(query)).one_or_none() is None
