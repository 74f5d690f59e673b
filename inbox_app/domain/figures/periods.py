"""The time that figures are of, and the time before it that they are compared with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


class PeriodChoice(StrEnum):
    """Weeks begin on Monday; all but last week end today."""

    THIS_WEEK = "week"
    LAST_WEEK = "last_week"
    FOUR_WEEKS = "4_weeks"
    TWELVE_WEEKS = "12_weeks"
    YEAR = "52_weeks"


_WEEKS = {
    PeriodChoice.THIS_WEEK: 1,
    PeriodChoice.LAST_WEEK: 1,
    PeriodChoice.FOUR_WEEKS: 4,
    PeriodChoice.TWELVE_WEEKS: 12,
    PeriodChoice.YEAR: 52,
}


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both in it, of so many weeks, the last of which may go on."""

    first: date
    last: date
    weeks: int

    @property
    def before(self) -> "Period":
        """As many weeks earlier, up to the same day of the week: what has not come yet is compared
        with nothing."""
        earlier = self.weeks * _WEEK
        return Period(self.first - earlier, self.last - earlier, self.weeks)

    @property
    def by_week(self) -> bool:
        """Whether its steps are weeks; else they are days."""
        return self.weeks > 1

    def steps(self) -> Iterator[date]:
        """The first day of each, the oldest first."""
        step, day = _WEEK if self.by_week else _DAY, self.first
        while day <= self.last:
            yield day
            day += step


def period(choice: PeriodChoice, today: date) -> Period:
    monday, weeks = monday_of(today), _WEEKS[choice]
    if choice is PeriodChoice.LAST_WEEK:
        return Period(monday - _WEEK, monday - _DAY, weeks)
    return Period(monday - (weeks - 1) * _WEEK, today, weeks)


def monday_of(day: date) -> date:
    return day - day.weekday() * _DAY
