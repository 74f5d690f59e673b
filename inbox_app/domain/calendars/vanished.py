"""What it means that a calendar tells of a stay no more, and when it is read again (A4)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

EVERY = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(hours=6)
BELIEVED_AFTER = timedelta(hours=24)
_FEW = 3


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What a calendar told before; ``uid`` is its id there."""

    uid: str
    check_in: date


def vanished(
    known: Iterable[KnownEntry], told: Collection[str], today: date
) -> tuple[list[KnownEntry], bool]:
    """Stays to come that it tells no more, and whether that is hard to believe: it is empty, or
    more than half are missing at once. One who has arrived has not cancelled: portals drop what is
    past."""
    upcoming = [entry for entry in known if entry.check_in > today]
    missing = [entry for entry in upcoming if entry.uid not in told]
    most = len(missing) > _FEW and 2 * len(missing) > len(upcoming)
    return missing, bool(missing) and (not told or most)


def is_believed(doubted_since: datetime | None, now: datetime) -> bool:
    """What was hard to believe is, once it has been so for a day."""
    return doubted_since is not None and now - doubted_since >= BELIEVED_AFTER


def pause_after(failures: int, jitter: float) -> timedelta:
    """Until it is read again, after so many that failed in a row; ``jitter`` from 0 to 1 spreads
    calendars out, so that not all are read in the same minute."""
    return min(EVERY * 2 ** min(failures, 10), LONGEST_PAUSE) * (0.9 + 0.2 * jitter)
