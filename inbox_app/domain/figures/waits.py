"""Who waits for an answer, followed message by message, in the order in which they arrived (X7).

It is the reckoning of ``triage``, told as counts: what asks, what answers and what settles are the
same, so that nothing counts as unanswered that the inbox does not show as such.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from inbox_app.domain.conversations.triage import asks
from inbox_app.domain.figures.answer_times import bucket_of
from inbox_app.domain.figures.measures import NOBODY, PHONE_APP, Measure, Tally
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind, Origin


class Speaker(StrEnum):
    """Who a message is from, for an answer."""

    THEY = "they"
    PERSON = "person"
    """A person of ours, here or in the phone app."""
    SYSTEM = "system"
    """Another system, through the API: it ends the wait, and is nobody's answer."""
    BY_ITSELF = "by_itself"
    """Written before what it follows: it answers nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message, as far as figures go."""

    id: int
    at: datetime
    speaker: Speaker
    author: int | None = None
    """The sums of a person in which it counts."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody waits since ``asked_at``, when the message ``began_id`` came."""

    began_id: int
    asked_at: datetime
    home: int
    closes_at: datetime | None = None
    """When their window closes or closed; None where the channel has none."""
    lost: bool = False
    """Whether that closing is counted."""


@dataclass(frozen=True, slots=True)
class Place:
    """The conversation in which it was said."""

    window: timedelta | None
    """How long a window is open there."""
    done_up_to: int
    """Messages up to this id somebody called done."""
    assigned_to: int | None
    home: int
    """The accommodation of the stay at that time, or ``NO_HOME``."""
    group: bool = False
    """Groups cannot be answered."""


def read_message(
    id_: int,
    at: datetime,
    *,
    direction: Direction,
    kind: MessageKind,
    concerns: str | None,
    status: DeliveryStatus | None,
    origin: Origin | None,
    author_id: int | None,
    left_by_itself: bool,
    old: bool,
) -> Said | None:
    """None of what is not counted: notes, what the channel itself says, what is done to an earlier
    message, what was never delivered, and what was said before the connection."""
    failed = status is DeliveryStatus.FAILED
    if direction is Direction.INTERNAL or old or failed or not asks(kind, concerns):
        return None
    if direction is Direction.IN:
        return Said(id_, at, Speaker.THEY)
    if left_by_itself:
        return Said(id_, at, Speaker.BY_ITSELF, author_id)
    if origin is Origin.APP:
        return Said(id_, at, Speaker.PERSON, PHONE_APP)
    if origin is Origin.PM:
        return Said(id_, at, Speaker.PERSON, author_id)
    return Said(id_, at, Speaker.SYSTEM)


def follow(wait: Wait | None, said: Said, place: Place) -> tuple[Wait | None, list[Tally]]:
    """Whether somebody waits after that message, and what is to be counted of it."""
    counted = [_message(said)]
    if place.group:
        return None, counted
    if wait is not None and wait.closes_at is not None and wait.closes_at <= said.at:
        wait, more = lose(wait, place.assigned_to)
        counted += more
    if said.speaker is Speaker.THEY:
        wait, more = _asked(wait, said, place)
    else:
        wait, more = _spoke(wait, said)
    return wait, [*counted, *more]


def lose(wait: Wait, assigned_to: int | None) -> tuple[Wait, list[Tally]]:
    """Its window has closed: counted once, with whose the conversation is."""
    if wait.lost or wait.closes_at is None:
        return wait, []
    whose = NOBODY if assigned_to is None else assigned_to
    lost = Tally(Measure.LOST, wait.closes_at, person=whose, home=wait.home)
    return replace(wait, lost=True), [lost]


def settle(wait: Wait) -> Tally:
    """It waits no more, though no person of ours answered here."""
    return Tally(Measure.SETTLED, wait.asked_at, home=wait.home)


def _message(said: Said) -> Tally:
    measure = Measure.RECEIVED if said.speaker is Speaker.THEY else Measure.SENT
    return Tally(measure, said.at, person=said.author)


def _asked(wait: Wait | None, said: Said, place: Place) -> tuple[Wait, list[Tally]]:
    counted = list[Tally]()
    if wait is not None and wait.began_id <= place.done_up_to < said.id:
        counted.append(settle(wait))
        wait = None
    if wait is None:
        wait = Wait(said.id, said.at, place.home)
        counted.append(Tally(Measure.ASKED, said.at, home=place.home))
    return _with_window(wait, said, place.window), counted


def _with_window(wait: Wait, said: Said, window: timedelta | None) -> Wait:
    """A window runs from the newest message, in whatever order they come."""
    if window is None or (wait.closes_at is not None and said.at + window <= wait.closes_at):
        return wait
    return replace(wait, closes_at=said.at + window, lost=False)


def _spoke(wait: Wait | None, said: Said) -> tuple[Wait | None, list[Tally]]:
    if wait is None or said.speaker is Speaker.BY_ITSELF:
        return wait, []
    if said.speaker is Speaker.SYSTEM:
        return None, [settle(wait)]
    bucket = bucket_of((said.at - wait.asked_at).total_seconds())
    answer = Tally(Measure.ANSWERED, wait.asked_at, bucket, said.author, wait.home)
    return None, [answer]
