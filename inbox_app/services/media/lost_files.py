"""Files that were kept and are not where they lay: said to be gone, and found again (M3)."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from inbox_app.models import Media, MediaState, Message

_Files = Select[Media, int]
_PROBLEM = "missing: it is not where files are kept"


async def lose(session: AsyncSession, account_id: int, media_id: int) -> int | None:
    """Say of a file that it is no longer to be had; answers its conversation's id, or None when
    that is said already. Nothing of what is known of it is forgotten."""
    ready = _of(account_id).where(col(Media.id) == media_id, col(Media.state) == MediaState.READY)
    found = (await session.exec(ready.with_for_update(of=Media))).one_or_none()
    if found is None:
        return None
    media, conversation_id = found
    media.state, media.problem = MediaState.EXPIRED, _PROBLEM
    return conversation_id


async def lost_names(session: AsyncSession, account_id: int, message_id: int) -> list[str]:
    """Under which the file of that message was kept, in all its forms; none when it was not lost
    after it had been kept."""
    found = (await session.exec(_lost(account_id, message_id))).one_or_none()
    if found is None:
        return []
    media, _ = found
    return [name for name in (media.sha256, media.thumb_sha256, media.playable_sha256) if name]


async def find_again(session: AsyncSession, account_id: int, message_id: int) -> int | None:
    """It is there as it was; answers its conversation's id, or None when it is not lost any
    more."""
    lost = _lost(account_id, message_id).with_for_update(of=Media)
    found = (await session.exec(lost)).one_or_none()
    if found is None:
        return None
    media, conversation_id = found
    media.state, media.problem = MediaState.READY, None
    return conversation_id


def _lost(account_id: int, message_id: int) -> _Files:
    return _of(account_id).where(
        col(Media.message_id) == message_id,
        col(Media.state) == MediaState.EXPIRED,
        col(Media.problem) == _PROBLEM,
    )


def _of(account_id: int) -> _Files:
    """Each with its conversation's id."""
    return (
        select(Media, col(Message.conversation_id))
        .join(Message, col(Message.id) == col(Media.message_id))
        .where(col(Media.account_id) == account_id)
    )
