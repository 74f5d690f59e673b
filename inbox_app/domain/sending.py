"""What the decision on sending rests on and says: facts in, a control and its reason out. The
decision itself is the channel's (``channels.base.Channel.decide``)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inbox_app.domain.messages import MessageKind
from inbox_app.domain.people import phones
from inbox_app.domain.reply_window import WindowState


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
    odd it looks (B14).
    """

    now: datetime
    channel: str = ""
    """The key of the channel that decides."""
    connected: bool = True
    credentials_refused: bool = False
    group: bool = False
    erased: bool = False
    """Nothing is known of the person any more (A6)."""
    blocked: bool = False
    has_address: bool = True
    phones: tuple[PhoneOnFile, ...] = ()
    own_number: str | None = None
    """The account's own number."""
    countries: tuple[str, ...] = ()
    """ISO 3166, most likely first: the actor's, then the accommodation's."""
    last_inbound_at: datetime | None = None
    """When the last message that opens the window came, by `reply_window.effective_inbound_at`."""
    undeliverable_at: datetime | None = None
    """When the last send failed as undeliverable, if it is the last that failed so."""
    template_sent_at: datetime | None = None
    """When the last template that did not fail was sent."""
    reengagement_at: datetime | None = None
    """When the channel last refused free text for want of an open window."""


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
    ERASED = "erased"
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
    NO_WINDOW = "no_window"
    """The channel has none: free text may always be sent."""


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
    formats: frozenset[MessageKind] = frozenset()
    """What may be sent now."""


FREE_FORM = frozenset({MessageKind.TEXT, MessageKind.IMAGE, MessageKind.DOCUMENT})
"""What goes to somebody only while the composer stands: all that is no template (W1)."""


def may_send_text(decision: Decision) -> bool:
    """Free text and media alike (W1)."""
    return decision.control is Control.COMPOSER


def may_send_file(kind: MessageKind, decision: Decision) -> bool:
    """Whether the channel takes that kind too."""
    return may_send_text(decision) and kind in decision.formats


def may_send_template(decision: Decision) -> bool:
    return decision.control in {Control.COMPOSER, Control.SEND_TEMPLATE}


def may_retry(kind: MessageKind, decision: Decision) -> bool:
    """«Riprova» on what failed: also beside «Correggi numero», a text while nothing closes it."""
    beside_fix = decision.control is Control.FIX_NUMBER
    match kind:
        case _ if kind in FREE_FORM:
            is_open = decision.window in {WindowState.OPEN, WindowState.NONE}
            return may_send_text(decision) or (beside_fix and is_open)
        case MessageKind.TEMPLATE:
            return may_send_template(decision) or beside_fix
        case _:
            return False


def proposal(raw: str, facts: Facts) -> str | None:
    """The number that `raw` most likely means for this person; never the account's own."""
    found = phones.proposed_correction(raw, facts.countries)
    return found if found and not is_own(found, facts) else None


def is_own(e164: str, facts: Facts) -> bool:
    """Whether it is the account's own number, however spelt."""
    own = facts.own_number
    return own is not None and phones.canonical(e164) == phones.canonical(own)
