"""Arguments of event handlers: anybody can send anything, whatever the type hints say."""

import re

_ID = re.compile(r"[1-9][0-9]{0,17}")


def an_id(value: object) -> int | None:
    """The id that a string holds; none of our tables has another sort."""
    return int(value) if isinstance(value, str) and _ID.fullmatch(value) else None


def a_text(value: object, at_most: int) -> str | None:
    """A string of no more than ``at_most`` characters."""
    return value if isinstance(value, str) and len(value) <= at_most else None
