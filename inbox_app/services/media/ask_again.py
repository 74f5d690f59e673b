"""A person asks once more for a file that could not be had (M3)."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Media, MediaState, Message

_GIVEN_UP = (MediaState.FAILED, MediaState.EXPIRED)


async def ask_again(session: AsyncSession, account_id: int, message_id: int) -> int | None:
    """Have the file of that message fetched as if it had just come; answers its conversation's id,
    or None when there is nothing to ask for."""
    query = (
        select(Media, col(Message.conversation_id))
        .join(Message, col(Message.id) == col(Media.message_id))
        .where(
            col(Media.account_id) == account_id,
            col(Media.message_id) == message_id,
            col(Media.state).in_(_GIVEN_UP),
            col(Media.provider_media_id) != "",
        )
        .with_for_update(of=Media)
    )
    found = (await session.exec(query)).one_or_none()
    if found is None:
        return None
    media, conversation_id = found
    media.state, media.attempts = MediaState.PENDING, 0
    media.next_attempt_at = media.problem = None
    return conversation_id
