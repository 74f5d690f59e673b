"""What a failure asks for, and what it is called for people: the same on every channel."""

from dataclasses import dataclass
from enum import StrEnum


class Remedy(StrEnum):
    """What a refusal asks for; only the first two are worth repeating unasked."""

    RETRY = "retry"
    """The channel is busy or limits us: again by ourselves, backing off."""
    PAIR_LIMITED = "pair_limited"
    """Too many to one person: again after a pause that grows."""
    RETRY_LATER = "retry_later"
    """Hours, or something to be mended at the channel's: a person tries again."""
    WINDOW_CLOSED = "window_closed"
    """Free text has to wait until the person writes."""
    UNDELIVERABLE = "undeliverable"
    """Nobody can be reached at this address: it wants correcting."""
    OWN_ADDRESS = "own_address"
    """It is the company's own."""
    NOT_LISTED = "not_listed"
    """Only addresses on a list may be written to, spelled as they are there."""
    FIX_TEMPLATE = "fix_template"
    OPTED_OUT = "opted_out"
    RECONNECT = "reconnect"
    """The channel refuses the credentials, or the permissions they carry."""
    NOT_FOUND = "not_found"
    """No such object, or none that these credentials may see: it is not said which."""
    INVALID = "invalid"
    """Our request was wrong, or cannot work: never again as it is."""


class FailureReason(StrEnum):
    """Why a message was not delivered, as people are told it; each has its sentence on screen."""

    OWN_ADDRESS = "own_address"
    UNDELIVERABLE = "undeliverable"
    NOT_LISTED = "not_listed"
    WINDOW_CLOSED = "window_closed"
    REPORTED = "reported"
    """People reported the company's messages."""
    HELD_BACK = "held_back"
    """The channel protects this person from too many messages of this sort."""
    OPTED_OUT = "opted_out"
    PAIR_LIMITED = "pair_limited"
    RATE_LIMITED = "rate_limited"
    CHANNEL_FAILED = "channel_failed"
    """The channel's own fault, which passes."""
    NOT_ACCEPTED = "not_accepted"
    """This kind of message is not taken."""
    FILE_NOT_TAKEN = "file_not_taken"
    NEEDS_NUMBER = "needs_number"
    """It takes a phone number, and this person shows none."""
    IDENTITY_CHANGED = "identity_changed"
    COUNTRY = "country"
    GROUP = "group"
    PAYMENT = "payment"
    """The company's means of payment."""
    ACCOUNT_LOCKED = "account_locked"
    LIMIT_LOWERED = "limit_lowered"
    DISPLAY_NAME = "display_name"
    NOT_REGISTERED = "not_registered"
    """The company's number is not in use at the channel."""
    MARKETING_TERMS = "marketing_terms"
    TEMPLATE_CHANGED = "template_changed"
    TEMPLATE_MISSING = "template_missing"
    TEMPLATE_PAUSED = "template_paused"
    TEMPLATE_DISABLED = "template_disabled"
    TEMPLATE_REFUSED = "template_refused"
    CREDENTIALS = "credentials"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why something was not delivered."""

    remedy: Remedy
    code: int | None = None
    """The channel's own, for whoever looks it up."""
    words: str | None = None
    """The channel's, for people."""
