"""What a conversation still asks of the company: to do, snoozed or done (P8), and in which order
what is to do comes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from inbox_app.domain.messages import MessageKind

BEFORE_CLOSING = timedelta(hours=2)
FURTHEST = timedelta(days=365)
_WITHOUT_WINDOW = timedelta(hours=24)


class Snooze(StrEnum):
    """What a snoozed conversation waits for; an inbound message wakes each of them."""

    TIME = "time"
    CHECK_IN = "check_in"
    CHECK_OUT = "check_out"
    ANSWER = "answer"
    WINDOW = "window"
    """Two hours before its window closes."""


class SnoozeProblem(StrEnum):
    """Why it cannot wait for that."""

    NO_TIME = "no_time"
    PAST = "past"
    TOO_FAR = "too_far"
    NO_STAY = "no_stay"
    NO_WINDOW = "no_window"


class SnoozeRefusedError(Exception):
    """``problem`` says why."""

    def __init__(self, problem: SnoozeProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Standing:
    """To do while ``waiting_since`` is known and nothing is snoozed; done when neither is."""

    waiting_since: datetime | None = None
    """When somebody wrote the first message that nobody answered, or ``reopened_at``."""
    reopened_at: datetime | None = None
    """When it became to do though no answer was owed: by hand, or after a snooze."""
    snooze: Snooze | None = None
    snoozed_until: datetime | None = None
    """None of what waits for an answer."""


DONE = Standing()


@dataclass(frozen=True, slots=True)
class SnoozeFacts:
    """What the moments of a snooze are read from."""

    closes_at: datetime | None = None
    check_in: datetime | None = None
    check_out: datetime | None = None
    """Of the stay that shows first, at the accommodation's hours."""


def asks(kind: MessageKind, concerns: str | None) -> bool:
    """Whether an inbound message wants an answer: what is done to an earlier one (a reaction, an
    edit, a deletion) and what the channel itself says do not."""
    return kind is not MessageKind.SYSTEM and concerns is None


def asked(before: Standing, at: datetime) -> Standing:
    """Somebody wrote: it is to do again, and waits since the first that nobody answered."""
    since = before.waiting_since or at
    return replace(before, waiting_since=since, snooze=None, snoozed_until=None)


def answered(before: Standing) -> Standing:
    """Nothing is owed. What was to come back at a time, or on their answer, still does; what was
    only to be answered in time does not."""
    if before.snooze in {None, Snooze.WINDOW}:
        return DONE
    return Standing(snooze=before.snooze, snoozed_until=before.snoozed_until)


def snoozed(before: Standing, snooze: Snooze, until: datetime | None) -> Standing:
    """Out of sight until then."""
    return replace(before, snooze=snooze, snoozed_until=until)


def to_do(before: Standing, now: datetime) -> Standing:
    """To do again, by hand or because the time has come."""
    if before.waiting_since is not None:
        return replace(before, snooze=None, snoozed_until=None)
    return Standing(waiting_since=now, reopened_at=now)


def wakes_at(
    snooze: Snooze, facts: SnoozeFacts, now: datetime, given: datetime | None = None
) -> datetime | None:
    """The moment at which it is to do again, ``given`` for a snooze until a time; None: none but
    that of their answer. Raises ``SnoozeRefusedError``."""
    if snooze is Snooze.ANSWER:
        return None
    moment, missing = {
        Snooze.TIME: (given, SnoozeProblem.NO_TIME),
        Snooze.CHECK_IN: (facts.check_in, SnoozeProblem.NO_STAY),
        Snooze.CHECK_OUT: (facts.check_out, SnoozeProblem.NO_STAY),
        Snooze.WINDOW: (facts.closes_at, SnoozeProblem.NO_WINDOW),
    }[snooze]
    if moment is None:
        raise SnoozeRefusedError(missing)
    until = moment - BEFORE_CLOSING if snooze is Snooze.WINDOW else moment
    if until <= now:
        raise SnoozeRefusedError(SnoozeProblem.PAST)
    if until > now + FURTHEST:
        raise SnoozeRefusedError(SnoozeProblem.TOO_FAR)
    return until


def answer_by(waiting_since: datetime, closes_at: datetime | None) -> datetime:
    """What is to do is ordered by this moment: halfway between when the wait began and when the
    window closes, so that each hour of waiting and each hour of window less bring it forward by
    the same. Where the wait began without a window, as if one had opened with it."""
    if closes_at is None or closes_at <= waiting_since:
        closes_at = waiting_since + _WITHOUT_WINDOW
    return waiting_since + (closes_at - waiting_since) / 2
