"""What the screens show of people, row by row; moments, dates and ids as in
``queries.inbox.rows``."""

from collections.abc import Sequence
from typing import TypedDict

from inbox_app.queries.inbox.rows import ActorKind, StayPhase
from inbox_app.queries.labels.rows import LabelRow


class CandidateRow(TypedDict):
    """Somebody whom an unknown sender may be: an actor, or the guest of a stay of whom a calendar
    alone tells."""

    id: str
    """"" for who is not on file."""
    stay: str
    """The reservation of who is not on file, else ""."""
    name: str
    initials: str
    kind: ActorKind
    phone: str
    """As people write it, or as it is on file; "" for none."""
    other_number: bool
    """Whether a number is on file that is not the sender's."""
    reasons: list[str]
    """Of ``domain.people.candidates.Reason``, the strongest first; none for who was sought."""
    code: str
    """Of the reservation that the reasons speak of."""
    stay_phase: StayPhase
    stay_date: str
    accommodation: str


class PlaceRow(TypedDict):
    """A stay, with its code, its first guest and its dates; or a home, with its name alone."""

    id: str
    code: str
    guest: str
    accommodation: str
    check_in: str
    check_out: str


class ActorRow(TypedDict):
    """One line of the list of actors."""

    id: str
    name: str
    initials: str
    kind: ActorKind
    phone: str
    """The one that messages go to, else the first on file; "" for none."""
    usable: bool
    """Whether it gives a number."""
    phones: int
    email: str
    labels: Sequence[LabelRow]


class ActorPhoneRow(TypedDict):
    """A number on file: as it was given, and as people write it."""

    raw: str
    shown: str
    usable: bool
    whatsapp: bool
    """Whether messages go to it."""


class ActorStayRow(TypedDict):
    """A reservation of theirs."""

    id: str
    code: str
    accommodation: str
    check_in: str
    check_out: str
    phase: StayPhase
    by_hand: bool
    """No other system tells of it: it may be changed here."""


class ActorConversationRow(TypedDict):
    """A conversation with them."""

    id: str
    channel_name: str
    channel_icon: str
    address: str
    """As people write it; "" while there is none."""
    last_at: int
    unread: int
    preview_kind: str
    preview_text: str


class ActorRecord(TypedDict):
    """All that is on file of one actor; ``external_id`` is the property-management system's key."""

    id: str
    external_id: str
    name: str
    initials: str
    kind: ActorKind
    email: str
    language: str
    notes: str
    labels: Sequence[LabelRow]
    archived: bool
    phones: list[ActorPhoneRow]
    stays: list[ActorStayRow]
    """The one to show first, then the latest arrivals."""
    homes: list[str]
    conversations: list[ActorConversationRow]
    """The latest first."""
    merged_into: str
    """The id of who they turned out to be; "" for nobody."""
    merge_id: str
    """Of the latest merge into them, which can be undone; "" for none."""
    merge_name: str
    """Who they were made one with by it."""
    merge_at: int
