"""What the thread shows, row by row; times and amounts as in ``queries.inbox.rows``."""

from typing import Literal, TypedDict

from inbox_app.queries.accounts.rows import ColleagueRow
from inbox_app.queries.inbox.rows import ActorKind


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
    archived: bool
    to_do: bool
    """An answer is owed, or it was made to do again (P8)."""
    snooze: str
    """A ``domain.triage.Snooze``, "" for none."""
    snoozed_until: int
    assignee: ColleagueRow
    language: str
    tasks: int
    """How many its supplier has to do."""
    tasks_answered: bool
    """One of these may be done: they have answered since."""


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


class HeldRow(TypedDict):
    """A message that has not left: its author can take it back (M11)."""

    author: str
    """The id of the person who wrote it."""
    until: int
    """0: until the channel takes the account's credentials again."""


class MessageRow(TypedDict):
    """One message of the thread, with its place among its neighbours."""

    id: str
    direction: Literal["in", "out", "internal"]
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
    reply_id: str
    """The id of that."""
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
    origin: Literal["", "pm", "api", "app", "away"]
    """"away" is what left by itself out of hours."""
    client_ref: str
    """By which the page that sent it knows it, "" for what was not written in a page."""
    held: HeldRow | None
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
    local_tz: str
    """The accommodation's zone (IANA name), "" when it is the account's."""
    fallback: str
    """The name of the template that goes first if no text may; "" when there is none."""
    client_ref: str
