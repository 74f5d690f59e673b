"""Who was mentioned has looked."""

from datetime import datetime

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Mention
from inbox_app.services.notifications.settle import settle_own


async def see_mentions(
    session: AsyncSession, account_id: int, user_id: int, conversation_id: int, now: datetime
) -> bool:
    """A person's own in this conversation, and what they alone were told of it; whether there was
    anything to see."""
    unseen = update(Mention).where(
        col(Mention.account_id) == account_id,
        col(Mention.user_id) == user_id,
        col(Mention.conversation_id) == conversation_id,
        col(Mention.seen_at).is_(None),
    )
    saw = (await session.exec(unseen.values(seen_at=now))).rowcount > 0
    return await settle_own(session, account_id, user_id, conversation_id) or saw
