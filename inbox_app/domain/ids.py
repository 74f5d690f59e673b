"""Ids: whole numbers inside, opaque strings outside."""

import re
from typing import NamedTuple

_LARGEST = 2**63 - 1
_ID = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
_WAITED = "w"


class MessageName(NamedTuple):
    """What a message is called outside: by its own number or, if it ever waited to become one, by
    the number under which it waited, which it keeps."""

    number: int
    waited: bool = False

    def __str__(self) -> str:
        return f"{_WAITED if self.waited else ''}{self.number}"


def read_id(text: str) -> int | None:
    """The number behind an id that came from outside; None when it can be nobody's."""
    number = int(text) if _ID.fullmatch(text) else 0
    return number if 0 < number <= _LARGEST else None


def read_message_name(text: str) -> MessageName | None:
    """What an id that came from outside calls a message; None when it can be none's."""
    waited = text.startswith(_WAITED)
    number = read_id(text.removeprefix(_WAITED))
    return MessageName(number, waited) if number else None
