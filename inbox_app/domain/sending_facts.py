"""What the decision on sending rests on and says: facts in, a control and its reason out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inbox_app.domain.window import WindowState


@dataclass(frozen=True, slots=True)
class PhoneOnFile:
    """A phone of the actor: as it was given, and the E.164 number it gives, if any."""

    raw: str
    e164: str | None
    chosen: bool = False
    """Whether it was chosen for WhatsApp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the decision rests on; a fact that is left out does no harm. Times are aware.

    The phones matter only while `has_address` is false: who wrote to us has an address, however
    odd it looks.
    """

    now: datetime
    connected: bool = True
    credentials_refused: bool = False
    group: bool = False
    blocked: bool = False
    has_address: bool = True
    phones: tuple[PhoneOnFile, ...] = ()
    own_number: str | None = None
    """The account's own number."""
    countries: tuple[str, ...] = ()
    """ISO 3166, most likely first: the actor's, then the accommodation's."""
    last_inbound_at: datetime | None = None
    """When the last message that counts came (window.counts), by window.effective_inbound_at."""
    undeliverable_at: datetime | None = None
    """When the last send failed as undeliverable (131026), if it is the last that failed so."""
    template_sent_at: datetime | None = None
    """When the last template that did not fail was sent."""
    reengagement_at: datetime | None = None
    """When Meta last refused free text for want of an open window (131047)."""


class Control(StrEnum):
    CONNECT_ACCOUNT = "connect_account"
    RECONNECT_ACCOUNT = "reconnect_account"
    BLOCKED = "blocked"
    ADD_PHONE = "add_phone"
    FIX_NUMBER = "fix_number"
    SEND_TEMPLATE = "send_template"
    COMPOSER = "composer"


class Reason(StrEnum):
    """Why the control stands there: one for each row of the table."""

    NOT_CONNECTED = "not_connected"
    CREDENTIALS_REFUSED = "credentials_refused"
    GROUP = "group"
    BLOCKED_BY_US = "blocked_by_us"
    NO_PHONE = "no_phone"
    PHONE_UNUSABLE = "phone_unusable"
    PHONE_NOT_CHOSEN = "phone_not_chosen"
    UNDELIVERABLE = "undeliverable"
    TEMPLATE_WAITING = "template_waiting"
    REENGAGEMENT_NEEDED = "reengagement_needed"
    NEVER_WROTE = "never_wrote"
    WINDOW_EXPIRED = "window_expired"
    WINDOW_OPEN = "window_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What stands at the foot, with what its sentence needs to say."""

    control: Control
    reason: Reason
    window: WindowState
    closes_at: datetime | None
    """When the window closes or closed; none when it was never open."""
    template_sent_at: datetime | None = None
    """Set with TEMPLATE_WAITING."""
    proposal: str | None = None
    """Set with PHONE_UNUSABLE: the E.164 number it probably is, when there is one."""
    choices: tuple[PhoneOnFile, ...] = ()
    """Set with ADD_PHONE: the phones on file, if any."""
    countries: tuple[str, ...] = ()
    """Where a number without a prefix is most likely dialled, as `Facts` has them."""
