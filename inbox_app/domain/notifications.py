"""Of what a person is told on their devices, when, and how much of it is shown (N1, N2)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

CLOSES_WITHIN = timedelta(hours=1)
"""Before the window of somebody who waits closes, it is told once."""
NOTIFICATIONS_KEPT = timedelta(days=3)
GIVES_UP_AFTER = timedelta(hours=12)
"""A push that no service took for so long is news no more."""
MAILED_APART = timedelta(minutes=10)
"""Of one conversation nobody is mailed more often."""
LONGEST_BODY = 200
LONGEST_ENDPOINT = 1_000
_PAUSES = (
    *(timedelta(seconds=seconds) for seconds in (5, 30)),
    *(timedelta(minutes=minutes) for minutes in (2, 10, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 4)),
)
_LONGEST_PAUSE = timedelta(hours=4)
_APPLE = "web.push.apple.com"


class NotificationKind(StrEnum):
    """What somebody is told of."""

    MESSAGE = "message"
    CLOSING = "closing"
    """The window of somebody who waits for an answer; of one person, like what follows, until they
    have looked, whoever else has."""
    CONNECTION = "connection"
    """The channel refuses the credentials: nothing goes out any more."""
    PAYMENT = "payment"
    """A message was not delivered for want of a payment method."""
    MENTION = "mention"
    """In an internal note."""
    ASSIGNED = "assigned"
    """A colleague gave them a conversation."""
    URGENT = "urgent"
    """Urgent words out of hours, to who is on call: no preference and no quiet hours hold it."""


_STANDS_BESIDE = frozenset(
    {NotificationKind.MENTION, NotificationKind.ASSIGNED, NotificationKind.URGENT}
)
"""What is said of their conversation does not replace them."""

UNTIL_ANSWERED = frozenset({NotificationKind.CLOSING, NotificationKind.URGENT})
"""Over for everybody once somebody has answered."""


class MessagesOf(StrEnum):
    """Of which conversations somebody is told that a message came."""

    ALL = "all"
    OPEN = "open"
    """One's own, and those that are nobody's."""
    MINE = "mine"
    NONE = "none"


class Shows(StrEnum):
    """How much of a message stands on a screen that anybody may look at."""

    TEXT = "text"
    NAME = "name"
    NOTHING = "nothing"


class Sound(StrEnum):
    """What is heard in the page."""

    SOFT = "soft"
    BRIGHT = "bright"
    NONE = "none"


class PushState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    """The push service has it."""
    SUPERSEDED = "superseded"
    """A newer one of the same conversation, or that it was read, says more."""
    FAILED = "failed"


class PushPurpose(StrEnum):
    TELL = "tell"
    CLEAR = "clear"
    """What was told is read: it is to go from the screen."""


class PushOutcome(StrEnum):
    """What the answer of a push service means."""

    TAKEN = "taken"
    GONE = "gone"
    """The subscription is there no more, or not ours: it is to be forgotten."""
    REFUSED = "refused"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """One person's. Both ends of the quiet hours are minutes of their day; None: there are none."""

    messages: MessagesOf = MessagesOf.ALL
    closing: bool = True
    connection: bool = True
    payment: bool = True
    mention: bool = True
    assigned: bool = True
    shows: Shows = Shows.TEXT
    sound: Sound = Sound.SOFT
    quiet_from: int | None = None
    quiet_to: int | None = None
    time_zone: str


def concerns(
    kind: NotificationKind,
    assigned_to: int | None,
    user_id: int,
    wanted: Preferences,
    *,
    told: int | None = None,
) -> bool:
    """Whether this person wants to be told; ``assigned_to`` is whose conversation it is, and
    ``told`` who alone is to hear of it, if anybody."""
    if told not in {None, user_id}:
        return False
    match kind:
        case NotificationKind.MESSAGE:
            return _is_among(wanted.messages, assigned_to, user_id)
        case NotificationKind.CLOSING:
            return wanted.closing and assigned_to in {None, user_id}
        case NotificationKind.CONNECTION:
            return wanted.connection
        case NotificationKind.PAYMENT:
            return wanted.payment
        case NotificationKind.MENTION:
            return wanted.mention
        case NotificationKind.ASSIGNED:
            return wanted.assigned and assigned_to in {None, user_id}
        case NotificationKind.URGENT:
            return True


def tag_of(kind: NotificationKind, conversation_id: int | None) -> str:
    """What replaces what on a screen: of a conversation the latest says all, but for what is about
    the person."""
    if conversation_id is None:
        return kind.value
    about = kind.value if kind in _STANDS_BESIDE else "conversation"
    return f"{about}-{conversation_id}"


def _is_among(messages: MessagesOf, assigned_to: int | None, user_id: int) -> bool:
    theirs: dict[MessagesOf, bool] = {
        MessagesOf.ALL: True,
        MessagesOf.OPEN: assigned_to in {None, user_id},
        MessagesOf.MINE: assigned_to == user_id,
        MessagesOf.NONE: False,
    }
    return theirs[messages]


def told_at(kind: NotificationKind, wanted: Preferences, now: datetime) -> datetime | None:
    """What comes in quiet hours is told at their end, if nobody has read it by then; what is urgent
    at once, and never that a window closes which is closed by then."""
    if kind is NotificationKind.URGENT:
        return now
    at = quiet_until(wanted, now) or now
    return None if kind is NotificationKind.CLOSING and at - now >= CLOSES_WITHIN else at


def mailed_at(now: datetime, *, is_pushed: bool) -> datetime:
    """When an urgent mail leaves: who also hears of it on a device has a moment to look there."""
    return now + timedelta(minutes=2) if is_pushed else now


def quiet_until(wanted: Preferences, now: datetime) -> datetime | None:
    """When the quiet hours end that it is ``now``; None outside them. They may go over midnight."""
    start, end = wanted.quiet_from, wanted.quiet_to
    if start is None or end is None or start == end:
        return None
    here = now.astimezone(ZoneInfo(wanted.time_zone))
    minute = here.hour * 60 + here.minute
    is_quiet = start <= minute < end if start < end else minute >= start or minute < end
    if not is_quiet:
        return None
    day = here.date() + timedelta(days=minute >= end)
    return datetime.combine(day, time(end // 60, end % 60), here.tzinfo).astimezone(now.tzinfo)


def outcome_of(status: int | None) -> PushOutcome:
    """Of the status that a push service answered with, None where nothing was (RFC 8030, 8292)."""
    if status is None or status == 429 or status >= 500:
        return PushOutcome.AGAIN
    if 200 <= status < 300:
        return PushOutcome.TAKEN
    return PushOutcome.GONE if status in {401, 403, 404, 410} else PushOutcome.REFUSED


def pause_after(
    attempt: int, jitter: float, retry_after: timedelta | None = None
) -> timedelta | None:
    """How long to wait after the attempt of this number (from 1) failed, or as long as the service
    asks for; None: it was the last. ``jitter`` from 0 to 1 adds up to a tenth."""
    if attempt > len(_PAUSES):
        return None
    asked = min(retry_after or timedelta(0), _LONGEST_PAUSE)
    return max(_PAUSES[attempt - 1], asked) * (1 + jitter / 10)


def may_be_silent(host: str) -> bool:
    """Whether a push that shows nothing does no harm: Apple ends a subscription after a few."""
    return host != _APPLE and not host.endswith(f".{_APPLE}")
