"""Messages: their kinds, the delivery status that only advances, limits and one-line previews."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from inbox_app.domain.texts import is_blank

MAX_TEXT = 4096
"""Characters that WhatsApp takes in the body of a text."""
MAX_TYPED = 20_000
"""Characters that are kept of what somebody types: more than a message takes, to be shortened
later or to leave as several."""
MAX_PREVIEW = 140


class MessageKind(StrEnum):
    TEXT = "text"
    IMAGE = "image"
    DOCUMENT = "document"
    VIDEO = "video"
    AUDIO = "audio"
    STICKER = "sticker"
    GIF = "gif"
    LOCATION = "location"
    CONTACTS = "contacts"
    TEMPLATE = "template"
    UNSUPPORTED = "unsupported"
    SYSTEM = "system"
    ERASED = "erased"
    """What it said was erased: on demand, or by its age (A6)."""
    NOTE = "note"
    """What colleagues write to each other: it never leaves (X1)."""


class Amendment(StrEnum):
    """What a message does to an earlier one of the same side."""

    EDIT = "edit"
    DELETION = "deletion"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"
    INTERNAL = "internal"


class Origin(StrEnum):
    """Where an outgoing message was written: by API, by a property manager, in the phone app."""

    API = "api"
    PM = "pm"
    APP = "app"


class DeliveryStatus(StrEnum):
    """By how far the message got."""

    WAITING = "waiting"
    """Held until Meta takes the account's credentials again."""
    QUEUED = "queued"
    UNKNOWN = "unknown"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"

    @property
    def rank(self) -> int:
        return _RANKS[self]


class TextProblem(StrEnum):
    """Why a text cannot be sent."""

    EMPTY = "empty"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Preview:
    """One line for the conversation list; the screen puts the icon and the word for `kind`."""

    kind: MessageKind
    text: str
    unsupported_type: str | None = None


def advance(current: DeliveryStatus, incoming: DeliveryStatus) -> DeliveryStatus:
    """The further of two statuses, so that their order of arrival makes no difference (M6).

    Any word from Meta settles `unknown`. `failed` outranks `sent`, but who has read a message
    has it: `delivered` and `read` outrank `failed`.
    """
    return max(current, incoming, key=lambda status: status.rank)


def text_problem(text: str) -> TextProblem | None:
    if is_blank(text):
        return TextProblem.EMPTY
    return TextProblem.TOO_LONG if len(text) > MAX_TEXT else None


def clean_text(text: str) -> str:
    """The text as it may be stored: PostgreSQL refuses NUL, UTF-8 refuses lone surrogates.

    Emoji, marks of direction and line breaks stay.
    """
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str, limit: int | None = None) -> str:
    """The text on one line that cannot reorder what stands around it, cut at `limit`."""
    line = " ".join(_DIRECTION_TRICKS.sub("", clean_text(text)).split())
    return line if limit is None else _cut(line, limit)


def preview(
    kind: MessageKind,
    text: str | None = None,
    *,
    name: str | None = None,
    unsupported_type: str | None = None,
) -> Preview:
    """`name` speaks for a message without text: of a file, a place, a contact or a template."""
    said = name if text is None or is_blank(text) else text
    line = "" if said is None or is_blank(said) else clean_line(said, MAX_PREVIEW)
    return Preview(kind, line, unsupported_type)


_RANKS = {status: rank for rank, status in enumerate(DeliveryStatus)}
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DIRECTION_TRICKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_JOINERS = ("\u200d", "\ufe0f")


def _cut(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    end = limit - 1
    while end > 0 and _belongs_to_the_one_before(line[end]):
        end -= 1
    return line[:end].rstrip().rstrip("\u200d") + "…"


def _belongs_to_the_one_before(char: str) -> bool:
    return char in _JOINERS or unicodedata.combining(char) > 0
