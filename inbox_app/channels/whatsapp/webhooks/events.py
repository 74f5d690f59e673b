"""What a webhook says, as plain values: every message, status and notice of it, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from inbox_app.domain.delivery.charges import Charge
from inbox_app.domain.messages import Amendment, DeliveryStatus, MessageKind


class Problem(StrEnum):
    """Why nothing could be read of a body."""

    NOT_JSON = "not_json"
    OTHER_SHAPE = "other_shape"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatsAppUser:
    """A WhatsApp user, known by at least one of `wa_id` and `user_id`.

    `wa_id` is digits without `+`, exactly as it came; `user_id` the business-scoped id. The
    username is for display only: it may pass to somebody else.
    """

    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    username: str | None = None
    profile_name: str | None = None

    @property
    def known(self) -> bool:
        return self.wa_id is not None or self.user_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file that waits at Meta for seven days."""

    id: str
    mime_type: str | None = None
    """Without parameters: `audio/ogg`, not `audio/ogg; codecs=opus`."""
    sha256: str | None = None
    """64 lower-case hex digits, whichever way Meta wrote it."""
    filename: str | None = None
    """The sender's own words, on one line and without separators of folders."""
    voice: bool = False
    animated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPhone:
    phone: str | None
    wa_id: str | None
    type: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    name: str | None
    phones: tuple[CardPhone, ...] = ()
    emails: tuple[str, ...] = ()
    company: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """What was ordered of one product, by the seller's own id of it."""

    name: str
    quantity: str | None = None
    price: str | None = None
    """Of one, as a decimal."""
    currency: str | None = None

    @property
    def words(self) -> str:
        """For whom nothing formats the price."""
        cost = " ".join(filter(None, (self.price, self.currency)))
        counted = f"{self.quantity} × {self.name}" if self.quantity else self.name
        return f"{counted} ({cost})" if cost else counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was ordered, and what was written beside it."""

    text: str | None
    lines: tuple[OrderLine, ...]

    @property
    def words(self) -> str | None:
        """All of it, for whom nothing formats the prices."""
        return "\n".join(filter(None, (self.text, *(line.words for line in self.lines)))) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One of a catalogue, by the seller's own id."""

    id: str | None
    catalog_id: str | None

    @property
    def lines(self) -> list[str]:
        """For people."""
        return [self.id or self.catalog_id or ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ad:
    """An advertisement or a post that leads to WhatsApp; all of it is as good as untrusted."""

    type: str | None = None
    id: str | None = None
    headline: str | None = None
    body: str | None = None
    url: str | None = None

    @property
    def lines(self) -> list[str]:
        """For people."""
        return [line for line in (self.headline, self.body, self.url) if line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a message refers to; the message it answers may be one we never saw."""

    reply_to: str | None = None
    forwarded: bool = False
    product: Product | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaError:
    code: int | None
    title: str | None
    details: str | None

    @property
    def storable_code(self) -> int | None:
        """The code, unless no column holds it."""
        return self.code if self.code is not None and abs(self.code) < 2**31 else None

    @property
    def sentence(self) -> str | None:
        """The title and the details, which often begin with the title."""
        title, details = self.title or "", self.details or ""
        return details if details.startswith(title) else f"{title}: {details}".strip(": ") or None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityChange:
    """A user's new number or id; what is none did not change or was not told."""

    type_raw: str
    old_wa_id: str | None = None
    new_wa_id: str | None = None
    old_user_id: str | None = None
    new_user_id: str | None = None
    new_parent_user_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    phone_number_id: str | None
    waba_id: str | None
    provider_id: str
    sender: WhatsAppUser
    sent_at: datetime | None
    """Meta's time, or none when it could not be read."""
    kind: MessageKind
    type_raw: str
    text: str | None = None
    """The words: body, caption, button's title, emoji of a reaction, items of an order."""
    media: Media | None = None
    location: Location | None = None
    contacts: tuple[ContactCard, ...] = ()
    file_lost: bool = False
    """WhatsApp could not deliver the file that it had; `errors` may say why."""
    context: Context = field(default_factory=Context)
    ad: Ad | None = None
    order: Order | None = None
    unsupported_type: str | None = None
    """Set with kind `unsupported`: `reply`, `reaction`, `order`, `call`, `poll_creation`, …"""
    concerns: str | None = None
    """The provider id of the message that a reaction, an edit or a deletion is about."""
    amends: Amendment | None = None
    awaits_file: bool = False
    """Stands in the place of a file that comes later, under the same id."""
    old: bool = False
    """From the time before the number was connected here."""
    status: DeliveryStatus | None = None
    """How far an old one of the company's got."""
    counts_for_window: bool = True
    group_id: str | None = None
    change: IdentityChange | None = None
    errors: tuple[MetaError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """A message that the company wrote in the phone app; its `sender` is the company."""

    recipient: WhatsAppUser
    message: InboundMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundStatus:
    phone_number_id: str | None
    waba_id: str | None
    provider_id: str
    status_raw: str
    status: DeliveryStatus | None
    """None when it is no delivery status that we know."""
    at: datetime | None
    recipient: WhatsAppUser
    group: bool = False
    opaque: str | None = None
    """Our `biz_opaque_callback_data`, back again."""
    error: MetaError | None = None
    charge: Charge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountError:
    """Trouble of the account's, told outside any message or status."""

    phone_number_id: str | None
    waba_id: str | None
    error: MetaError


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """Everything that is neither message nor status, kept as it came."""

    field: str
    waba_id: str | None
    phone_number_id: str | None
    at: datetime | None
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An item that could not be read, with where it stands; the others of its batch are fine."""

    entry: int
    change: int
    item: int | None
    error: str
    phone_number_id: str | None = None
    provider_id: str | None = None


@dataclass(slots=True, kw_only=True)
class ParsedWebhook:
    """All that one body says, each list in the order of the body."""

    problem: Problem | None = None
    messages: list[InboundMessage] = field(default_factory=list[InboundMessage])
    statuses: list[InboundStatus] = field(default_factory=list[InboundStatus])
    echoes: list[Echo] = field(default_factory=list[Echo])
    errors: list[AccountError] = field(default_factory=list[AccountError])
    changes: list[AccountChange] = field(default_factory=list[AccountChange])
    broken: list[Broken] = field(default_factory=list[Broken])
    unknown: list[str] = field(default_factory=list[str])
    """What we had not seen before, for counting: `field:…`, `type:…`, `status:…`."""
