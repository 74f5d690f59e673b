"""What a search shows, row by row: plain values, ready to travel to a browser."""

from typing import TypedDict


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
    at: int
    """Epoch milliseconds."""
    pieces: list[PieceRow]
