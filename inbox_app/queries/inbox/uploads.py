"""What a person has attached and not sent (M7)."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Upload


async def uploads_of(session: AsyncSession, account_id: int, user_id: int) -> list[Upload]:
    """In the order in which they were attached, whatever the conversation."""
    query = select(Upload).where(
        col(Upload.account_id) == account_id, col(Upload.user_id) == user_id
    )
    return list(await session.exec(query.order_by(col(Upload.id))))


async def attached(
    session: AsyncSession, account_id: int, user_id: int, conversation_id: int
) -> list[str]:
    """The refs of those for one conversation, in their order."""
    query = select(Upload.ref).where(
        col(Upload.account_id) == account_id,
        col(Upload.user_id) == user_id,
        col(Upload.conversation_id) == conversation_id,
    )
    return list(await session.exec(query.order_by(col(Upload.id))))


async def upload_of(
    session: AsyncSession, account_id: int, user_id: int, ref: str
) -> Upload | None:
    """One of them."""
    query = select(Upload).where(
        col(Upload.account_id) == account_id,
        col(Upload.user_id) == user_id,
        col(Upload.ref) == ref,
    )
    return (await session.exec(query)).one_or_none()
