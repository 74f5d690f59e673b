"""What a calendar tells no more: cancelled, past, or a fault of whoever wrote it (A4)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from inbox_app.domain.calendars.vanished import (
    BELIEVED_AFTER,
    EVERY,
    LONGEST_PAUSE,
    KnownEntry,
    is_believed,
    pause_after,
    vanished,
)

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def _known(**in_days: int) -> list[KnownEntry]:
    return [KnownEntry(uid, TODAY + timedelta(days=days)) for uid, days in in_days.items()]


@pytest.mark.parametrize(
    ("known", "told", "missing", "doubtful"),
    [
        ({"a": 3, "b": 9}, {"a", "b"}, [], False),
        ({"a": 3, "b": 9}, {"a"}, ["b"], False),
        ({"a": 3, "b": 9}, {"c"}, ["a", "b"], False),
        ({"a": 0, "b": -1, "c": 9}, {"c"}, [], False),
        ({"a": 0, "b": -1}, set(), [], False),
        ({"a": 3}, set(), ["a"], True),
        ({"a": 3, "b": 9, "c": 20, "d": 30}, {"x"}, ["a", "b", "c", "d"], True),
        ({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}, {"e"}, ["a", "b", "c", "d"], True),
        ({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}, {"d", "e"}, ["a", "b", "c"], False),
    ],
)
def test_only_stays_to_come_are_missed_and_many_at_once_are_doubted(
    known: dict[str, int], told: set[str], missing: list[str], doubtful: bool
) -> None:
    found, doubted = vanished(_known(**known), told, TODAY)
    assert ([entry.uid for entry in found], doubted) == (missing, doubtful)


@pytest.mark.parametrize(
    ("since", "believed"),
    [(None, False), (NOW, False), (NOW - BELIEVED_AFTER, True)],
)
def test_a_doubt_that_stands_for_a_day_is_believed(since: datetime | None, believed: bool) -> None:
    assert is_believed(since, NOW) is believed


def test_pauses_grow_while_it_fails_and_never_beyond_some_hours() -> None:
    pauses = [pause_after(failures, 0.5) for failures in range(8)]
    assert pauses[0] == EVERY
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


def test_calendars_are_spread_out() -> None:
    assert pause_after(0, 0.0) < EVERY < pause_after(0, 1.0)
