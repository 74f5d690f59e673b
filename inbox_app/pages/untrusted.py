"""Arguments of event handlers: anybody can send anything, whatever the type hints say."""

import re
from datetime import date

from inbox_app.domain.ids import read_id
from inbox_app.domain.people.phones import PREFIXES

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def row_id(value: object) -> int | None:
    """The id that a string holds; none of our tables has another sort."""
    return read_id(value) if isinstance(value, str) else None


def row_ids(value: object, at_most: int) -> list[int] | None:
    """The ids that a list of strings holds, each once; None where anything else is among them, or
    more than ``at_most``."""
    if not isinstance(value, list) or len(value) > at_most:  # pyright: ignore[reportUnknownArgumentType]
        return None
    ids = [row_id(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
    return list(dict.fromkeys(id_ for id_ in ids if id_)) if all(ids) else None


def text(value: object, at_most: int) -> str | None:
    """A string of no more than ``at_most`` characters, which UTF-8 can carry back."""
    if not isinstance(value, str) or len(value) > at_most:
        return None
    return None if _LONE_SURROGATE.search(value) else value


def day(value: object) -> date | None:
    """A day as a date box gives it, of an age in which messages are sent."""
    try:
        given = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return given if given and 1970 < given.year < 3000 else None


def country(value: object) -> str | None:
    """The ISO 3166 code of a country where there are phones."""
    return value if isinstance(value, str) and value in PREFIXES else None


def form_field(form: object, name: str, at_most: int) -> str | None:
    """The field of a form, as ``text`` takes it."""
    return text(form.get(name), at_most) if isinstance(form, dict) else None  # pyright: ignore[reportUnknownMemberType,reportUnknownArgumentType]
