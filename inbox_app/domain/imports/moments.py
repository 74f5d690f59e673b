"""Days with an hour, as people and programs write them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from inbox_app.domain.imports.dates import DateOrder, read_date

_HOUR = re.compile(r"[T\s](\d{1,2})[:.h](\d{2})(?:[:.]\d{2})?\s*(?:([ap])\.?m\.?)?$", re.IGNORECASE)
_END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class LocalMoment:
    """A day, and the hour where one stands behind it, wherever that is."""

    day: date
    hour: time | None = None

    def there(self, zone: str, hour: str | None = None) -> datetime:
        """The instant in a zone, at the ``hour`` («16:00») where none stands behind the day; a day
        without any ends before midnight."""
        other = time.fromisoformat(hour) if hour else _END_OF_DAY
        return datetime.combine(self.day, self.hour or other, ZoneInfo(zone)).astimezone(UTC)


def read_moment(text: str, order: DateOrder | None = None) -> LocalMoment | datetime | None:
    """An instant where the text names its zone; None for no day, and for one that needs an
    `order` and gets none."""
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is not None:
            return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    day = read_date(text, order)
    return LocalMoment(day, _hour(text)) if day and 1970 < day.year < 3000 else None


def _hour(text: str) -> time | None:
    match = _HOUR.search(text)
    if match is None:
        return None
    hour, half = int(match[1]), (match[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(match[2])) if hour < 24 and int(match[2]) < 60 else None
