"""What the inbox's panels show, row by row: plain values, ready to travel to a browser.

Moments are epoch milliseconds (0: none), local dates `YYYY-MM-DD` ("": none), amounts decimal
strings, ids opaque.
"""

from collections.abc import Sequence
from typing import Literal, TypedDict

from inbox_app.queries.accounts.rows import ColleagueRow
from inbox_app.queries.labels.rows import LabelRow

ActorKind = Literal["guest", "owner", "supplier", "unknown"]
WindowPhase = Literal["open", "closed", "never", "none"]
StayPhase = Literal[
    "",
    "inquiry",
    "pending",
    "upcoming",
    "arriving_today",
    "in_house",
    "departing_today",
    "departed",
    "cancelled",
    "no_show",
]


class ConversationRow(TypedDict):
    """One line of the left panel."""

    id: str
    name: str
    name_is_number: bool
    initials: str
    kind: ActorKind
    profile_name: str
    group: bool
    blocked: bool
    marketing_stopped: bool
    channel: str
    channel_name: str
    """What people call the channel (P1)."""
    channel_icon: str
    preview_kind: str
    """A message kind, "" while nothing was said."""
    preview_text: str
    preview_out: bool
    preview_status: str
    """A delivery status, "" for what came in."""
    preview_unsupported: str
    """The type that WhatsApp sent and we cannot show, "" otherwise."""
    last_at: int
    unread: int
    """What the reader has not seen; where the row is nobody's, what nobody has."""
    window: WindowPhase
    closes_at: int
    window_length: int
    """Milliseconds that the channel's window is open for; 0 without one."""
    stay_phase: StayPhase
    stay_date: str
    accommodation: str
    waiting_since: int
    """When they began to wait for an answer, or it became to do by itself; 0: nothing is owed."""
    snooze: str
    """A ``domain.triage.Snooze``, "" for none."""
    snoozed_until: int
    starred: bool
    archived: bool
    labels: Sequence[LabelRow]
    assignee: ColleagueRow
    draft: str
    """The first words of the reader's own draft."""
    lane: str
    """What begins with this row of «today»: arrivals, in_house or departures; "" for nothing."""
    mentioned: bool
    """Whether a mention of the reader waits to be seen."""


class TopRow(TypedDict):
    """What stands first in the list, whatever part of it is shown; an empty id for nothing."""

    id: str
    name: str
    last_at: int
    unread: int


class ListCounts(TypedDict):
    """The figures on the chips above the list."""

    to_answer: int
    """No more than ``counts.MOST``, like the next."""
    unread: int
    expiring: int


class WaitingRow(TypedDict):
    """Somebody who waits for an answer while the window closes within the hour."""

    id: str
    name: str
    closes_at: int
    window_length: int


class FoundActorRow(TypedDict):
    """Somebody to begin a conversation with."""

    id: str
    name: str
    initials: str
    kind: ActorKind
    phone: str
    """As people write it, or as it is on file; "" for none."""
    phones: int
    usable: bool
    """Whether the number can be written to."""


class PhoneRow(TypedDict):
    """A phone on file of somebody whom nobody can write to yet."""

    raw: str
    number: str
    """The E.164 number that it gives or most likely means, "" when there is none."""
    shown: str
    """The same as people write it."""
    problem: str
    """`domain.phones.PhoneProblem`, "" when all is well."""


class FootRow(TypedDict):
    """What stands at the foot of the thread, and why."""

    control: str
    """`domain.sending.Control`."""
    reason: str
    """`domain.sending.Reason`."""
    window: WindowPhase
    formats: list[str]
    """What may be sent now: message kinds."""
    most_caption: int
    """Characters beside a file; 0 when none may be sent."""
    counted: bool
    """Each message costs, or uses up a free one (C7)."""
    closes_at: int
    """Of a window that is open, whatever the control."""
    closed_at: int
    """Of a window that was open once."""
    template_sent_at: int
    """Of the template that waits for its answer."""
    may_connect: bool
    proposal: str
    """The number that the one on file probably is, as people write it."""
    phones: list[PhoneRow]
    """What is on file, where a phone is missing."""
    retry: str
    """The id of what could not be delivered, where it may be tried again."""
    may_retry: list[str]
    """The kinds of message that may go out again."""


class StayPersonRow(TypedDict):
    """Somebody of a stay: its guests, the owner, who works there."""

    name: str
    initials: str
    kind: ActorKind
    conversation_id: str
    """"" for who has never written."""


class HomeFactRow(TypedDict):
    """What guests are told of a home; the value of a secret is not there until it is asked for."""

    key: str
    """A ``ReplyField``."""
    value: str
    secret: bool
    long: bool


class StayChoiceRow(TypedDict):
    """One of several reservations; where nobody tells a code, the day of arrival names it."""

    id: str
    code: str
    check_in: str


class StayRow(TypedDict):
    """The reservation of the right panel."""

    id: str
    code: str
    """"" where nobody tells one."""
    accommodation: str
    place: str
    check_in: str
    check_out: str
    check_in_time: str
    check_out_time: str
    phase: StayPhase
    night: int
    """The night that tonight is, from 1; 0 outside the stay."""
    nights: int
    adults: int
    children: int
    infants: int
    pets: int
    arrival_time: str
    """When they say they come, local «21:30»; "" while nobody knows."""
    departure_time: str
    portal: str
    portal_code: str
    url: str
    """Where the system it came from shows it, "" for nowhere."""
    total: str
    balance: str
    currency: str
    notes: str
    local_tz: str
    """IANA name, "" where it is the account's own."""
    facts: list[HomeFactRow]
    withheld: bool
    """There are codes, and they are nobody's to tell for this stay (S3)."""
    by_hand: bool
    """No other system tells of it: it is changed here."""
    people: list[StayPersonRow]
