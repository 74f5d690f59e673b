"""Rows about saved replies, as the screens get them."""

from typing import TypedDict


class SavedReplyRow(TypedDict):
    """One in the list of all; ``text`` is in the language that the reader most likely reads."""

    id: str
    name: str
    text: str
    language: str
    languages: list[str]
    use_count: int


class ReplyTextRow(TypedDict):
    """One language of a reply, as it was written."""

    language: str
    text: str


class FilledReplyRow(TypedDict):
    """One ready for a conversation: ``text`` with what the conversation fills in.

    ``missing`` and ``withheld`` are keys of fields that still stand in it.
    """

    id: str
    name: str
    language: str
    text: str
    missing: list[str]
    withheld: list[str]


class FilledReplies(TypedDict):
    """What the conversation ``thread`` may be answered with: those with the ``words``, the most
    used first; ``more`` says that there are others with them."""

    thread: str
    words: str
    more: bool
    replies: list[FilledReplyRow]
