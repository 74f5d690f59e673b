"""What the inbox's panels show, row by row: plain values, ready to travel to a browser.

Moments are epoch milliseconds (0: none), local dates `YYYY-MM-DD` ("": none), amounts decimal
strings, ids opaque.
"""

from typing import Literal, TypedDict

ActorKind = Literal["guest", "owner", "supplier", "unknown"]
WindowPhase = Literal["open", "closed", "never", "none"]
StayPhase = Literal[
    "",
    "inquiry",
    "upcoming",
    "arriving_today",
    "in_house",
    "departing_today",
    "departed",
    "cancelled",
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
    window: WindowPhase
    closes_at: int
    window_length: int
    """Milliseconds that the channel's window is open for; 0 without one."""
    stay_phase: StayPhase
    stay_date: str
    accommodation: str
    draft: str
    """The first words of the reader's own draft."""


class ListCounts(TypedDict):
    """The figures on the chips above the list."""

    unread: int
    expiring: int


class WaitingRow(TypedDict):
    """Somebody who waits for an answer while the window closes within the hour."""

    id: str
    name: str
    closes_at: int
    window_length: int


class ThreadHeader(TypedDict):
    """Who the open conversation is with."""

    id: str
    channel: str
    channel_name: str
    window_length: int
    can_block: bool
    name: str
    name_is_number: bool
    initials: str
    kind: ActorKind
    profile_name: str
    phone: str
    """As people write it internationally, "" for who has none."""
    reservation_code: str
    has_address: bool
    group: bool
    blocked: bool
    marketing_stopped: bool
    """They asked for no more marketing."""
    language: str


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


class MediaRow(TypedDict):
    """A file of a message; its address is `/media/{id}`."""

    id: str
    filename: str
    mime: str
    """What is in it, once that is known; what its sender claims until then."""
    size: int
    state: str
    """pending, ready, failed or expired."""
    width: int
    height: int
    """As it is shown; 0 when unknown, as for the rest."""
    pages: int
    seconds: float
    silent: bool
    thumb: bool
    """Whether there is a small picture of it."""


class LocationRow(TypedDict):
    """A place somebody sent."""

    latitude: float
    longitude: float
    name: str
    address: str


class CardRow(TypedDict):
    """A contact somebody sent."""

    name: str
    company: str
    reach: list[str]
    """Numbers as people write them, and e-mail addresses."""


class OrderLineRow(TypedDict):
    """What was ordered of one product."""

    name: str
    quantity: str
    price: str
    """A decimal, "" for none."""
    currency: str


class MessageRow(TypedDict):
    """One message of the thread, with its place among its neighbours."""

    id: str
    direction: Literal["in", "out"]
    kind: str
    text: str
    sent_at: int
    status: str
    error_code: int
    """The channel's, 0 for none."""
    failure_reason: str
    """A ``FailureReason``, "" for what has not failed."""
    remedy: str
    """Meta's code, 0 when all is well."""
    unsupported_type: str
    order: list[OrderLineRow]
    """What was ordered; then ``text`` holds what was written beside it alone."""
    times: int
    """How many notices alike it stands for."""
    folded: bool
    """It stands behind another one, which stands for it."""
    may_ask_again: bool
    """Whether the sender may be asked for it in another form."""
    asked: bool
    settled: bool
    """Something that can be shown has followed."""
    reply_excerpt: str
    """The beginning of what it answers or is about, where we have that."""
    before_edit: str
    """What it said before it was edited: its text is the new one."""
    edited: bool
    deleted: bool
    amends: str
    """An ``Amendment`` of a message that we have, "" for anything else."""
    from_history: bool
    media: MediaRow | None
    location: LocationRow | None
    cards: list[CardRow]
    about: str
    """The ad or the product that a person wrote about; a notice has it among its own words."""
    file_lost: bool
    """WhatsApp had a file for us and could not deliver it."""
    template_name: str
    template_language: str
    """Meta's code."""
    origin: Literal["", "pm", "api", "app"]
    client_ref: str
    """By which the page that sent it knows it, "" for what was not written in a page."""
    author: str
    """Who wrote it: a colleague, or in a group its number."""
    first: bool
    """First of a run from the same side."""
    last: bool
    day: str
    """In the account's time zone."""
    day_first: bool
    unread_first: bool


class LandingRow(TypedDict):
    """Where in a thread one arrives."""

    place: Literal["unread", "message", "day", "end"]
    message: str
    """The id of the message that stands there, "" at the end."""
    count: int
    """Of the arrivals: it tells one from the next at the same place."""


class WaitingSendRow(TypedDict):
    """A text that is no message yet: it waits for its time, or for an answer."""

    id: str
    text: str
    due_at: int
    """0: it waits for an answer."""
    author: str
    has_fallback: bool
    client_ref: str


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


class StayRow(TypedDict):
    """The reservation of the right panel."""

    code: str
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
    portal: str
    total: str
    balance: str
    currency: str
    notes: str
    local_tz: str
    """IANA name, "" where it is the account's own."""
    people: list[StayPersonRow]
