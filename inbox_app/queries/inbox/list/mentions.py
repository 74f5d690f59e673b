"""Where a person was mentioned in a note (X1)."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from inbox_app.models import Mention


def with_mentions(account_id: int, user_id: int) -> SelectOfScalar[int]:
    """The ids of the conversations, seen ones too."""
    return select(Mention.conversation_id).where(
        col(Mention.account_id) == account_id, col(Mention.user_id) == user_id
    )


async def unseen_in(
    session: AsyncSession, account_id: int, user_id: int, ids: Collection[int]
) -> set[str]:
    """Those of the conversations in which a mention of this person waits to be seen."""
    query = with_mentions(account_id, user_id).where(
        col(Mention.seen_at).is_(None), col(Mention.conversation_id).in_(ids)
    )
    return {str(id_) for id_ in await session.exec(query)}
