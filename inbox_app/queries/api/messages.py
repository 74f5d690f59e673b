"""The messages of a conversation as the HTTP API shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind, Origin
from inbox_app.models import Conversation, Media, MediaState, Message
from inbox_app.queries.thread.thread import MessageFacts, Place, answered, facts, newest


@dataclass(frozen=True, slots=True)
class MediaOut:
    """The file of a message."""

    id: str
    mime_type: str
    filename: str | None
    size: int | None
    sha256: str | None
    state: MediaState


@dataclass(frozen=True, slots=True)
class LocationOut:
    """A place somebody sent."""

    latitude: float
    longitude: float
    name: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class ReferralOut:
    """The ad or post that somebody tapped to write; its words and address are Meta's customer's."""

    type: str | None
    id: str | None
    headline: str | None
    body: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class ProductOut:
    """The product of a catalogue that a message is about."""

    id: str | None
    catalog_id: str | None


@dataclass(frozen=True, slots=True)
class TemplateRef:
    """The template that a message was made from."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class UnsupportedOut:
    """What WhatsApp sent and we cannot show."""

    type: str


@dataclass(frozen=True, slots=True)
class ErrorOut:
    """Why a message failed, by Meta's code."""

    code: int
    message: str


@dataclass(frozen=True, slots=True)
class CostOut:
    """What the channel says that a message costs; `billed` is null where it did not say."""

    billed: bool | None
    category: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageOut:
    """One message; `sent_at` is Meta's time for what came in."""

    id: str
    conversation_id: str
    direction: Direction
    kind: MessageKind
    text: str | None
    media: MediaOut | None
    location: LocationOut | None
    contacts: list[dict[str, Any]] | None
    referral: ReferralOut | None
    product: ProductOut | None
    template: TemplateRef | None
    reply_to: str | None
    unsupported: UnsupportedOut | None
    status: DeliveryStatus | None
    error: ErrorOut | None
    cost: CostOut | None
    provider_id: str | None
    origin: Origin | None
    sent_at: datetime
    created_at: datetime


async def messages(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    *,
    limit: int,
    before: Place | None,
) -> tuple[list[MessageOut], Place | None] | None:
    """A page of them, the newest first, and where the next one begins; None when the conversation
    is not this account's."""
    if not await _is_ours(session, account_id, conversation_id):
        return None
    theirs = facts(account_id).where(col(Message.conversation_id) == conversation_id)
    found = (await session.exec(newest(theirs, before).limit(limit + 1))).all()
    page = found[:limit]
    last = page[-1][0] if len(found) > limit else None
    return await _shown(session, account_id, page), last and Place(last.sent_at, last.id)


async def message(session: AsyncSession, account_id: int, message_id: int) -> MessageOut | None:
    """One of them; None when it is not this account's."""
    one = facts(account_id).where(col(Message.id) == message_id)
    shown = await _shown(session, account_id, (await session.exec(one)).all())
    return shown[0] if shown else None


async def _is_ours(session: AsyncSession, account_id: int, conversation_id: int) -> bool:
    query = select(Conversation.id).where(
        col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id
    )
    return (await session.exec(query)).first() is not None


async def _shown(
    session: AsyncSession, account_id: int, found: Sequence[MessageFacts]
) -> list[MessageOut]:
    """Answers name Meta's id of what they answer; here it becomes ours, where we know it."""
    known = await answered(session, account_id, found)
    return [
        _out(row, media, known.get((row.conversation_id, row.reply_to))) for row, media, *_ in found
    ]


def _out(row: Message, media: Media | None, reply_to: Message | None) -> MessageOut:
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
        reply_to=reply_to and str(reply_to.id),
        unsupported=UnsupportedOut(row.unsupported_type) if row.unsupported_type else None,
        status=row.status,
        error=_error(row),
        cost=_cost(row),
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


def _cost(row: Message) -> CostOut | None:
    if row.billed is None and row.charge_category is None:
        return None
    return CostOut(row.billed, row.charge_category)
