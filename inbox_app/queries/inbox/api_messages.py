"""The messages of a conversation as the HTTP API shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import MessageKind
from inbox_app.models import Conversation, Media, Message
from inbox_app.queries.api_rows import (
    ErrorOut,
    LocationOut,
    MediaOut,
    MessageOut,
    ProductOut,
    ReferralOut,
    TemplateRef,
    UnsupportedOut,
)


class Before(NamedTuple):
    """The place before a message of the thread: Meta's time, then our id."""

    sent_at: datetime
    id: int


async def messages(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    *,
    limit: int,
    before: Before | None,
) -> tuple[list[MessageOut], Before | None] | None:
    """A page of them, the newest first, and where the next one begins; None when the conversation
    is not this account's."""
    if not await _is_ours(session, account_id, conversation_id):
        return None
    place = (col(Message.sent_at), col(Message.id))
    query = (
        select(Message, Media)
        .outerjoin(Media, col(Media.message_id) == col(Message.id))
        .where(
            col(Message.account_id) == account_id, col(Message.conversation_id) == conversation_id
        )
        .order_by(place[0].desc(), place[1].desc())
        .limit(limit + 1)
    )
    if before is not None:
        query = query.where(tuple_(*place) < tuple_(before.sent_at, before.id))
    found = (await session.exec(query)).all()
    page = found[:limit]
    shown = await _shown(session, account_id, page)
    last = page[-1][0] if len(found) > limit else None
    return shown, last and Before(last.sent_at, last.id)


async def message(session: AsyncSession, account_id: int, message_id: int) -> MessageOut | None:
    """One of them; None when it is not this account's."""
    query = (
        select(Message, Media)
        .outerjoin(Media, col(Media.message_id) == col(Message.id))
        .where(col(Message.account_id) == account_id, col(Message.id) == message_id)
    )
    shown = await _shown(session, account_id, (await session.exec(query)).all())
    return shown[0] if shown else None


async def _is_ours(session: AsyncSession, account_id: int, conversation_id: int) -> bool:
    query = select(Conversation.id).where(
        col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id
    )
    return (await session.exec(query)).first() is not None


async def _shown(
    session: AsyncSession, account_id: int, rows: Sequence[tuple[Message, Media | None]]
) -> list[MessageOut]:
    """Answers name Meta's id of what they answer; here it becomes ours, where we know it."""
    answered = {row.reply_to for row, _ in rows if row.reply_to}
    query = select(Message.conversation_id, Message.provider_id, Message.id).where(
        col(Message.account_id) == account_id,
        col(Message.conversation_id).in_({row.conversation_id for row, _ in rows}),
        col(Message.provider_id).in_(answered),
    )
    ours = {(where, wamid): id_ for where, wamid, id_ in await session.exec(query)}
    return [_out(row, media, ours.get((row.conversation_id, row.reply_to))) for row, media in rows]


def _out(row: Message, media: Media | None, reply_to: int | None) -> MessageOut:
    details = row.details or {}
    return MessageOut(
        id=str(row.id),
        conversation_id=str(row.conversation_id),
        direction=row.direction,
        kind=row.kind,
        text=row.text,
        media=_media(media),
        location=_location(details.get("location")),
        contacts=details.get("contacts"),
        referral=ReferralOut(**ad) if (ad := details.get("ad")) else None,
        product=ProductOut(**product) if (product := details.get("product")) else None,
        template=_template(row, details.get("template")),
        reply_to=None if reply_to is None else str(reply_to),
        unsupported=UnsupportedOut(row.unsupported_type) if row.unsupported_type else None,
        status=row.status,
        error=_error(row),
        provider_id=row.provider_id,
        origin=row.origin,
        sent_at=row.sent_at,
        created_at=row.created_at,
    )


def _media(media: Media | None) -> MediaOut | None:
    if media is None:
        return None
    return MediaOut(
        id=str(media.id),
        mime_type=media.mime_type,
        filename=media.filename,
        size=media.size,
        sha256=media.sha256,
        state=media.state,
    )


def _location(place: dict[str, Any] | None) -> LocationOut | None:
    if not place:
        return None
    return LocationOut(
        latitude=float(place.get("latitude") or 0),
        longitude=float(place.get("longitude") or 0),
        name=place.get("name"),
        address=place.get("address"),
    )


def _template(row: Message, told: Any) -> TemplateRef | None:
    if row.kind is not MessageKind.TEMPLATE or not isinstance(told, dict):
        return None
    template = cast("dict[str, Any]", told)
    return TemplateRef(template.get("id"), template.get("name") or "")


def _error(row: Message) -> ErrorOut | None:
    if row.error_code is None and not row.error_message:
        return None
    return ErrorOut(row.error_code or 0, row.error_message or "")
