"""Reading JSON that may hold anything: each reader gives a clean value or none."""

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeGuard, cast

import orjson

from inbox_app.domain.messages import clean_text
from inbox_app.domain.texts import is_blank

Json = Mapping[str, Any]
NOTHING: Json = {}


class UnreadableError(ValueError):
    """Something lacks what makes it one; says what, without quoting it."""


MAX_ID = 512
"""Far above any id of Meta's; a longer one would not fit into a database's index."""


def load(body: bytes) -> Any:
    """The JSON in `body`; raises ValueError when there is none.

    The slow way takes what orjson refuses, and what must not cost us a message: lone surrogates,
    broken UTF-8, a byte order mark.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(body.decode("utf-8-sig", "replace"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def is_mapping(value: Any) -> TypeGuard[Json]:
    return isinstance(value, dict)


def mapping(value: Any) -> Json:
    """An object as it is, also where it stands alone in a list."""
    if isinstance(value, list) and len(cast("list[Any]", value)) == 1:
        value = cast("list[Any]", value)[0]
    return value if is_mapping(value) else NOTHING


def items(value: Any) -> list[Any]:
    """A list as it is; a value that should have stood in one, alone."""
    if isinstance(value, list):
        return cast("list[Any]", value)
    return [] if value is None else [value]


def words(value: Any) -> str | None:
    """A text for people, or none when nothing of it can be seen."""
    if not isinstance(value, str):
        return None
    text = clean_text(value)
    return None if is_blank(text) else text


def ident(value: Any) -> str | None:
    """An id or a name of Meta's; missing, null and empty are the same."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**MAX_ID_DIGITS else None
    if not isinstance(value, str):
        return None
    text = clean_text(value).strip()
    return text if 0 < len(text) <= MAX_ID else None


def whole(value: Any) -> int | None:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def number(value: Any) -> float | None:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        result = float(value)
    except (ValueError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def moment(value: Any) -> datetime | None:
    """A Unix time in seconds (or milliseconds), as a string or a number; aware, in UTC."""
    seconds = number(value)
    if seconds is None or seconds <= 0:
        return None
    if seconds > MILLISECONDS_FROM:
        seconds /= 1000
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


MAX_ID_DIGITS = 40
MILLISECONDS_FROM = 100_000_000_000
_WHOLE = re.compile(r"-?[0-9]{1,18}")
