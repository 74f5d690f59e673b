"""What the form of preferences says, and nothing that it cannot."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar
from zoneinfo import available_timezones

from inbox_app.domain.notifications import MessagesOf, Preferences, Shows, Sound
from inbox_app.pages import untrusted

_LONGEST = 60
Choice = TypeVar("Choice", bound=StrEnum)


def preferences(form: object, time_zone: str) -> Preferences | None:
    """None for what no such form sends; ``time_zone`` stands where none is chosen."""

    def said(name: str) -> str:
        return untrusted.form_field(form, name, _LONGEST) or ""

    messages, shows = _one(MessagesOf, said("messages")), _one(Shows, said("shows"))
    sound, zone = _one(Sound, said("sound")), said("time_zone") or time_zone
    if messages is None or shows is None or sound is None or zone not in available_timezones():
        return None
    quiet_from, quiet_to = _quiet(said)
    return Preferences(
        messages=messages,
        closing=bool(said("closing")),
        connection=bool(said("connection")),
        payment=bool(said("payment")),
        mention=bool(said("mention")),
        assigned=bool(said("assigned")),
        shows=shows,
        sound=sound,
        quiet_from=quiet_from,
        quiet_to=quiet_to,
        time_zone=zone,
    )


def _quiet(said: Callable[[str], str]) -> tuple[int | None, int | None]:
    """Both or none."""
    start, end = _minutes(said("quiet_from")), _minutes(said("quiet_to"))
    wanted = bool(said("quiet")) and start is not None and end is not None
    return (start, end) if wanted else (None, None)


def _minutes(clock: str) -> int | None:
    hours, _, minutes = clock[:5].partition(":")
    plain = hours.isascii() and hours.isdecimal() and minutes.isascii() and minutes.isdecimal()
    if not plain or int(hours) > 23 or int(minutes) > 59:
        return None
    return int(hours) * 60 + int(minutes)


def _one(kind: type[Choice], value: str) -> Choice | None:
    return kind(value) if value in tuple(kind) else None
