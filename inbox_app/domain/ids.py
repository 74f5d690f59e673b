"""Ids: whole numbers inside, opaque strings outside."""

import re

_LARGEST = 2**63 - 1
_ID = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)


def read_id(text: str) -> int | None:
    """The number behind an id that came from outside; None when it can be nobody's."""
    number = int(text) if _ID.fullmatch(text) else 0
    return number if 0 < number <= _LARGEST else None
