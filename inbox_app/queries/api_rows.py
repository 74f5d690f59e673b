"""What the HTTP API shows, field by field as contract.md has it. Ids are opaque strings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inbox_app.domain.actors import ActorKind
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind, Origin
from inbox_app.domain.reply_window import WindowState
from inbox_app.domain.sending import Control
from inbox_app.domain.templates import TemplateState
from inbox_app.models import MediaState


@dataclass(frozen=True, slots=True)
class AddressOut:
    """A WhatsApp user; the phone may be missing."""

    phone: str | None
    wa_id: str | None
    user_id: str | None
    username: str | None


@dataclass(frozen=True, slots=True)
class ActorRef:
    """Whom a conversation is linked to."""

    external_id: str | None
    kind: ActorKind
    name: str


@dataclass(frozen=True, slots=True)
class ReservationRef:
    """The stay that shows first."""

    external_id: str | None
    code: str


@dataclass(frozen=True, slots=True)
class WindowOut:
    """The customer service window."""

    state: WindowState
    closes_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationOut:
    """One conversation; `control` says what may be sent now."""

    id: str
    channel: str
    address: AddressOut | None
    profile_name: str | None
    actor: ActorRef | None
    reservation: ReservationRef | None
    unread: int
    last_message_at: datetime | None
    preview: str
    window: WindowOut
    control: Control
    assigned_to: str | None
    archived: bool
    group: bool


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
    provider_id: str | None
    origin: Origin | None
    sent_at: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateOut:
    """One language of a template; `name` is Meta's, the language a BCP 47 tag. `reasons` say why it
    cannot be sent from here, or Meta's why she refused or paused it."""

    id: str
    name: str
    internal_name: str
    language: str
    category: str
    body: str
    header: str | None
    footer: str | None
    state: TemplateState
    reasons: list[str]
    meta_status: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PhoneOut:
    """A number as it was given, and the E.164 it gives."""

    raw: str
    e164: str | None
    whatsapp: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorOut:
    """A guest, owner or supplier."""

    external_id: str
    kind: ActorKind
    name: str
    phones: list[PhoneOut]
    email: str | None
    language: str | None
    country: str | None
    archived: bool
