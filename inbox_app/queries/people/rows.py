"""What the screens show of people, row by row; moments, dates and ids as in
``queries.inbox.rows``."""

from typing import TypedDict

from inbox_app.queries.inbox.rows import ActorKind, StayPhase


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
