"""What is served of a message's file (M3)."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.files.file_types import UNKNOWN
from inbox_app.models import Media, MediaState, Message


@dataclass(frozen=True, slots=True)
class ServedFile:
    """Where the bytes lie, by their hash; ``name`` is what the sender called it."""

    sha256: str
    content_type: str
    name: str
    thumb_sha256: str | None
    playable_sha256: str | None


async def served_file(session: AsyncSession, account_id: int, media_id: int) -> ServedFile | None:
    """None for a file of another account, and for one that is not here."""
    query = select(Media).where(
        col(Media.account_id) == account_id,
        col(Media.id) == media_id,
        col(Media.state) == MediaState.READY,
    )
    media = (await session.exec(query)).one_or_none()
    if media is None or media.sha256 is None:
        return None
    return ServedFile(
        sha256=media.sha256,
        content_type=media.content_type or UNKNOWN,
        name=media.filename or "",
        thumb_sha256=media.thumb_sha256,
        playable_sha256=media.playable_sha256,
    )


async def file_sent_as(
    session: AsyncSession, account_id: int, author_id: int, client_ref: str
) -> int | None:
    """The file of the message that this person sent under this ``client_ref``."""
    query = (
        select(Media.id)
        .join(Message, col(Media.message_id) == col(Message.id))
        .where(
            col(Message.account_id) == account_id,
            col(Message.client_ref) == client_ref,
            col(Message.author_id) == author_id,
        )
    )
    return (await session.exec(query)).one_or_none()
