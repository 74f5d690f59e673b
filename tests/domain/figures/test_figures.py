"""What is counted of a conversation, under which day, and what is read from it (X7)."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_app.domain.figures.answer_times import EDGES, bucket_of, percentile, within_the_hour
from inbox_app.domain.figures.measures import (
    NOBODY,
    PHONE_APP,
    Measure,
    Scope,
    Sum,
    Tally,
    sums,
)
from inbox_app.domain.figures.periods import PeriodChoice, period
from inbox_app.domain.figures.waits import Place, Said, Speaker, Wait, follow, lose, read_message
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind, Origin

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MARTA, CASA_BLU = 7, 3


def place(**more: Any) -> Place:
    usual: dict[str, Any] = {"window": DAY, "done_up_to": 0, "assigned_to": None, "home": CASA_BLU}
    return Place(**usual | more)


def they(id_: int, after: timedelta) -> Said:
    return Said(id_, MONDAY + after, Speaker.THEY)


def we(id_: int, after: timedelta, speaker: Speaker = Speaker.PERSON) -> Said:
    return Said(id_, MONDAY + after, speaker, MARTA if speaker is Speaker.PERSON else None)


STORIES: list[tuple[str, list[Said], Place, dict[Measure, int], bool]] = [
    ("asked", [they(1, 0 * DAY)], place(), {Measure.ASKED: 1}, True),
    (
        "two questions are one wait",
        [they(1, 0 * DAY), they(2, HOUR), we(3, 2 * HOUR)],
        place(),
        {Measure.ASKED: 1, Measure.ANSWERED: 1},
        False,
    ),
    (
        "the second answer answers nothing",
        [they(1, 0 * DAY), we(2, HOUR), we(3, 2 * HOUR)],
        place(),
        {Measure.ASKED: 1, Measure.ANSWERED: 1},
        False,
    ),
    ("nobody had asked", [we(1, 0 * DAY)], place(), {}, False),
    (
        "what leaves by itself answers nothing",
        [they(1, 0 * DAY), we(2, HOUR, Speaker.BY_ITSELF)],
        place(),
        {Measure.ASKED: 1},
        True,
    ),
    (
        "another system ends the wait, and is nobody's answer",
        [they(1, 0 * DAY), we(2, HOUR, Speaker.SYSTEM)],
        place(),
        {Measure.ASKED: 1, Measure.SETTLED: 1},
        False,
    ),
    (
        "what was called done is no part of the next wait",
        [they(1, 0 * DAY), they(2, HOUR)],
        place(done_up_to=1),
        {Measure.ASKED: 2, Measure.SETTLED: 1},
        True,
    ),
    (
        "answered a second before the window closed",
        [they(1, 0 * DAY), we(2, DAY - timedelta(seconds=1))],
        place(),
        {Measure.ASKED: 1, Measure.ANSWERED: 1},
        False,
    ),
    (
        "answered when it had closed",
        [they(1, 0 * DAY), we(2, DAY)],
        place(),
        {Measure.ASKED: 1, Measure.ANSWERED: 1, Measure.LOST: 1},
        False,
    ),
    (
        "each window that closes is one",
        [they(1, 0 * DAY), they(2, 2 * DAY), we(3, 4 * DAY)],
        place(),
        {Measure.ASKED: 1, Measure.ANSWERED: 1, Measure.LOST: 2},
        False,
    ),
    (
        "a late message of theirs does not shorten their window",
        [they(1, 2 * HOUR), they(2, HOUR), we(3, DAY + HOUR)],
        place(),
        {Measure.ASKED: 1, Measure.ANSWERED: 1},
        False,
    ),
    (
        "a channel without windows loses none",
        [they(1, 0 * DAY), we(2, 9 * DAY)],
        place(window=None),
        {Measure.ASKED: 1, Measure.ANSWERED: 1},
        False,
    ),
    ("a group is owed nothing", [they(1, 0 * DAY)], place(group=True), {}, False),
]


@pytest.mark.parametrize(
    ("said", "where", "counted", "waits"), [one[1:] for one in STORIES], ids=[s[0] for s in STORIES]
)
def test_what_is_counted_of_a_conversation(
    said: list[Said], where: Place, counted: dict[Measure, int], waits: bool
) -> None:
    wait, tallies = None, list[Tally]()
    for each in said:
        wait, more = follow(wait, each, where)
        tallies += more
    spoken = Counter(each.measure for each in tallies)
    assert spoken.pop(Measure.RECEIVED, 0) + spoken.pop(Measure.SENT, 0) == len(said)
    assert (spoken, wait is not None) == (Counter(counted), waits)


def test_an_answer_counts_on_the_day_of_its_question() -> None:
    wait, _ = follow(None, they(1, 0 * DAY), place())
    _, tallies = follow(wait, we(2, 2 * DAY), place(assigned_to=9))
    bucket = bucket_of(2 * 86_400)
    assert Tally(Measure.ANSWERED, MONDAY, bucket, MARTA, CASA_BLU) in tallies
    assert Tally(Measure.LOST, MONDAY + DAY, person=9, home=CASA_BLU) in tallies


def test_a_window_is_lost_once_and_by_nobody_where_nobody_has_the_conversation() -> None:
    wait, counted = lose(Wait(1, MONDAY, CASA_BLU, MONDAY + DAY), None)
    assert counted == [Tally(Measure.LOST, MONDAY + DAY, person=NOBODY, home=CASA_BLU)]
    assert lose(wait, None) == (wait, [])


@pytest.mark.parametrize(
    ("of", "speaker"),
    [
        ({"direction": Direction.IN}, (Speaker.THEY, None)),
        ({"origin": Origin.PM, "author_id": MARTA}, (Speaker.PERSON, MARTA)),
        ({"origin": Origin.APP}, (Speaker.PERSON, PHONE_APP)),
        ({"origin": Origin.API}, (Speaker.SYSTEM, None)),
        ({"origin": Origin.API, "left_by_itself": True}, (Speaker.BY_ITSELF, None)),
        ({"direction": Direction.IN, "kind": MessageKind.ERASED}, (Speaker.THEY, None)),
        ({"direction": Direction.INTERNAL, "kind": MessageKind.NOTE}, None),
        ({"direction": Direction.IN, "kind": MessageKind.SYSTEM}, None),
        ({"direction": Direction.IN, "concerns": "wamid.1"}, None),
        ({"origin": Origin.PM, "status": DeliveryStatus.FAILED}, None),
        ({"origin": Origin.APP, "old": True}, None),
    ],
)
def test_who_speaks(of: dict[str, Any], speaker: tuple[Speaker, int | None] | None) -> None:
    usual: dict[str, Any] = {
        "direction": Direction.OUT,
        "kind": MessageKind.TEXT,
        "concerns": None,
        "status": None,
        "origin": None,
        "author_id": None,
        "left_by_itself": False,
        "old": False,
    }
    said = read_message(1, MONDAY, **usual | of)
    assert (said and (said.speaker, said.author)) == speaker


def test_the_local_day_decides() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    in_rome = list(sums(Tally(Measure.SENT, late, person=MARTA), ROME))
    assert in_rome == [
        Sum(Scope.ALL, date(2026, 11, 23), 0, Measure.SENT, 0),
        Sum(Scope.PERSON, date(2026, 11, 23), MARTA, Measure.SENT, 0),
    ]
    (in_london,) = sums(Tally(Measure.RECEIVED, late), ZoneInfo("Europe/London"))
    assert (in_london.day, in_london.bucket) == (date(2026, 11, 22), 6 * 24 + 23)


@pytest.mark.parametrize(
    ("seconds", "bucket"),
    [(-5, 0), (0, 0), (59, 0), (60, 1), (3599, 21), (3600, 22), (10**9, len(EDGES) - 1)],
)
def test_how_long_it_took_has_a_bucket(seconds: int, bucket: int) -> None:
    assert bucket_of(seconds) == bucket


@given(st.lists(st.integers(120, 7 * 86_400), min_size=1))
def test_a_percentile_is_right_to_its_bucket(taken: list[int]) -> None:
    found = percentile(Counter(map(bucket_of, taken)), 0.5)
    true = sorted(taken)[(len(taken) - 1) // 2]
    assert found is not None
    begins = bucket_of(true)
    assert EDGES[begins] <= found <= EDGES[begins + 1]


def test_of_no_answers_there_is_no_median() -> None:
    assert percentile({}, 0.5) is None
    assert within_the_hour({0: 2, 21: 1, 22: 5}) == 3


@pytest.mark.parametrize(
    ("choice", "first", "last", "before", "steps"),
    [
        (PeriodChoice.THIS_WEEK, (11, 23), (11, 25), ((11, 16), (11, 18)), 3),
        (PeriodChoice.LAST_WEEK, (11, 16), (11, 22), ((11, 9), (11, 15)), 7),
        (PeriodChoice.FOUR_WEEKS, (11, 2), (11, 25), ((10, 5), (10, 28)), 4),
        (PeriodChoice.TWELVE_WEEKS, (9, 7), (11, 25), ((6, 15), (9, 2)), 12),
    ],
)
def test_a_period_is_compared_with_as_much_of_the_one_before(
    choice: PeriodChoice,
    first: tuple[int, int],
    last: tuple[int, int],
    before: tuple[tuple[int, int], tuple[int, int]],
    steps: int,
) -> None:
    found = period(choice, date(2026, 11, 25))
    assert (found.first, found.last) == (date(2026, *first), date(2026, *last))
    assert (found.before.first, found.before.last) == tuple(date(2026, *each) for each in before)
    assert len(list(found.steps())) == steps
