"""A message as the HTTP API shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from inbox_app.domain.ids import MessageName
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind, Origin
from inbox_app.models import Media, MediaState, Message, Outbox

OnAnswer = Literal["on_answer"]
ON_ANSWER: OnAnswer = "on_answer"


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
    """One message; `sent_at` is the channel's time for what came in. What waits for a time or an
    answer has `send_at`, and is `waiting`."""

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
    send_at: datetime | OnAnswer | None
    fallback_template: str | None
    sent_at: datetime
    created_at: datetime


def message_out(row: Message, media: Media | None, reply_to: Message | None) -> MessageOut:
    details = row.details or {}
    return MessageOut(
        id=name_of(row),
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
        reply_to=reply_to and name_of(reply_to),
        unsupported=UnsupportedOut(row.unsupported_type) if row.unsupported_type else None,
        status=row.status,
        error=_error(row),
        cost=_cost(row),
        provider_id=row.provider_id,
        origin=row.origin,
        send_at=None,
        fallback_template=None,
        sent_at=row.sent_at,
        created_at=row.created_at,
    )


def waiting_out(row: Outbox) -> MessageOut:
    """What is to be a message when its time, or an answer, comes."""
    return MessageOut(
        id=str(MessageName(row.id, waited=True)),
        conversation_id=str(row.conversation_id),
        direction=Direction.OUT,
        kind=MessageKind.TEXT,
        text=row.text,
        media=None,
        location=None,
        contacts=None,
        referral=None,
        product=None,
        template=None,
        reply_to=None,
        unsupported=None,
        status=DeliveryStatus.WAITING,
        error=None,
        cost=None,
        provider_id=None,
        origin=row.origin,
        send_at=row.due_at or ON_ANSWER,
        fallback_template=row.fallback,
        sent_at=row.due_at or row.created_at,
        created_at=row.created_at,
    )


def name_of(row: Message) -> str:
    """Its id for the API's clients."""
    if row.waited_as is not None:
        return str(MessageName(row.waited_as, waited=True))
    return str(MessageName(row.id))


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
