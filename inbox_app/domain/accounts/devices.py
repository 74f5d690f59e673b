"""What a browser's own words tell of a device."""

from functools import lru_cache
from typing import NamedTuple

from ua_parser import parse


class Device(NamedTuple):
    """Names as their makers write them; "" for what the browser does not tell."""

    browser: str
    system: str


@lru_cache(maxsize=1_000)
def device(user_agent: str) -> Device:
    """By the `User-Agent` header. Call it off the event loop: the first call takes half a second,
    each new header some twenty milliseconds."""
    told = parse(user_agent)
    return Device(
        told.user_agent.family if told.user_agent else "", told.os.family if told.os else ""
    )
