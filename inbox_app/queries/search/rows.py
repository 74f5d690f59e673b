"""What a search shows, row by row: plain values, ready to travel to a browser."""

from typing import TypedDict

from inbox_app.queries.inbox.rows import ActorKind, StayPhase


class PieceRow(TypedDict):
    """A run of a message's text."""

    text: str
    hit: bool


class MessageHitRow(TypedDict):
    """A message in which the words typed were found."""

    id: str
    """Of the message to open: an edit is read at what it changed."""
    conversation_id: str
    name: str
    group: bool
    channel_name: str
    ours: bool
    note: bool
    """Of the company's own, never sent."""
    at: int
    """Epoch milliseconds."""
    pieces: list[PieceRow]


class PersonHitRow(TypedDict):
    """Somebody on file, or a sender whom nobody knows yet."""

    actor_id: str
    """"" for the unknown."""
    external_id: str
    conversation_id: str
    """The one that heard of them last, "" for none."""
    name: list[PieceRow]
    initials: str
    kind: ActorKind
    group: bool
    below: list[PieceRow]
    """Their number, or else their e-mail address; of the unknown the name of the profile."""
    at: int
    """When their conversation was last heard of, in epoch milliseconds; 0 for none."""


class ReservationHitRow(TypedDict):
    """A stay."""

    id: str
    external_id: str
    conversation_id: str
    """With the first guest who has one, "" for none."""
    guest_id: str
    """Of the actor who booked, "" for none."""
    guest: list[PieceRow]
    code: list[PieceRow]
    """The portal's, where that is what was typed."""
    accommodation: list[PieceRow]
    check_in: str
    check_out: str
    phase: StayPhase
