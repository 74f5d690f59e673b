"""How long an account keeps what was said, its files and what channels sent (A6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MESSAGES = (180, 365, 730, 1095, 1825, 3650)
FILES = (30, 90, 180, 365, 730, 1825)
EVENTS = (1, 7, 14)
"""In days; raw events go after thirty anyway."""


@dataclass(frozen=True, slots=True)
class Retention:
    """In days, each one of the above. None is no limit of the account's own."""

    messages: int | None = None
    files: int | None = None
    events: int | None = None

    @property
    def forgets(self) -> bool:
        """Whether anything goes by it."""
        return any((self.messages, self.files, self.events))


def chosen(messages: str | None, files: str | None, events: str | None) -> Retention | None:
    """As a form gives it, empty for no limit; None where anything else is in it."""
    days = (_days(messages, MESSAGES), _days(files, FILES), _days(events, EVENTS))
    if -1 in days:
        return None
    return Retention(*(each or None for each in days))


def before(now: datetime, days: int) -> datetime:
    """What is older goes."""
    return now - timedelta(days=days)


def _days(given: str | None, choices: tuple[int, ...]) -> int:
    """0 for no limit, -1 for what is no choice."""
    known = {"": 0} | {str(each): each for each in choices}
    return known.get(given, -1) if given is not None else -1
