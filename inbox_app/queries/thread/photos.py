"""The photos and films of a conversation, at a glance (M3)."""

from typing import TypedDict

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import MessageKind
from inbox_app.models import Media, MediaState, Message
from inbox_app.web import millis

MOST = 1000
_SHOWN = (MessageKind.IMAGE, MessageKind.VIDEO)


class PhotoRow(TypedDict):
    """One of them; its address is `/media/{id}`."""

    id: str
    kind: str
    type: str
    width: int
    height: int
    at: int
    text: str


async def photos(session: AsyncSession, account_id: int, conversation_id: int) -> list[PhotoRow]:
    """The newest, in the order of the thread; none of another account."""
    query = (
        select(Media, Message)
        .join(Message, col(Message.id) == col(Media.message_id))
        .where(
            col(Media.account_id) == account_id,
            col(Message.account_id) == account_id,
            col(Message.conversation_id) == conversation_id,
            col(Media.state) == MediaState.READY,
            col(Message.kind).in_(_SHOWN),
            col(Media.thumb_sha256).is_not(None),
        )
        .order_by(col(Message.sent_at).desc(), col(Message.id).desc())
        .limit(MOST)
    )
    found = (await session.exec(query)).all()[::-1]
    return [
        PhotoRow(
            id=str(media.id),
            kind=message.kind.value,
            type=media.content_type or "",
            width=media.width or 0,
            height=media.height or 0,
            at=millis(message.sent_at),
            text=message.text or "",
        )
        for media, message in found
    ]
