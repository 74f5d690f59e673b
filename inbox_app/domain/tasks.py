"""Tasks: operational work at an accommodation, which a supplier does (P3)."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime

from inbox_app.domain.locales import is_language

MAX_TITLE = 200


class TaskKind(StrEnum):
    CLEANING = "cleaning"
    MAINTENANCE = "maintenance"
    CHECK_IN = "check_in"
    CHECK_OUT = "check_out"
    OTHER = "other"


class TaskStatus(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


TO_DO = frozenset({TaskStatus.OPEN, TaskStatus.IN_PROGRESS})


def may_be_done(
    status: TaskStatus, asked_at: datetime | None, answered_at: datetime | None
) -> bool:
    """Whether to ask if it is done: its supplier has answered since they were asked, whatever the
    answer says. Only a property manager closes it."""
    return (
        status in TO_DO
        and asked_at is not None
        and answered_at is not None
        and answered_at > asked_at
    )


def title_of(text: str) -> str:
    """What a task that is made from a message is called at first: its first line, at a word's end
    where that is long."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(line) <= _LONGEST_TITLE_MADE:
        return line
    cut = line[: _LONGEST_TITLE_MADE - 1]
    return (cut.rsplit(" ", 1)[0] or cut).rstrip(" ,;:") + "…"


_LONGEST_TITLE_MADE = 80


def handover(
    title: str, description: str, home: str, due_at: datetime | None, zone: str, language: str
) -> str:
    """What its supplier is told of a task: the words as they are, the time there as their language
    writes it."""
    when = ""
    if due_at is not None:
        locale = Locale.parse(language if is_language(language) else "en", sep="-")
        when = format_datetime(due_at, "EEE d MMM, HH:mm", tzinfo=ZoneInfo(zone), locale=locale)
    return "\n".join(filter(None, (title, " · ".join(filter(None, (home, when))), description)))
