"""When a file is asked for again (M3)."""

from datetime import timedelta

import pytest

from inbox_app.domain.files.fetching import FetchProblem, is_expired, pause_before

_WEEK = timedelta(days=7)
_NEW = timedelta(0)
_S, _M, _H = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("problem", "attempt", "age", "pause"),
    [
        (FetchProblem.UNREACHABLE, 1, _NEW, _S),
        (FetchProblem.UNREACHABLE, 5, _NEW, 16 * _S),
        (FetchProblem.UNREACHABLE, 400, 6 * 24 * _H, _H),
        (FetchProblem.UNREACHABLE, 400, _WEEK, None),
        (FetchProblem.CREDENTIALS, 400, _NEW, 5 * _M),
        (FetchProblem.NO_ROOM, 400, _NEW, _M),
        (FetchProblem.GONE, 4, _NEW, 8 * _S),
        (FetchProblem.GONE, 5, _NEW, None),
        (FetchProblem.DAMAGED, 5, _NEW, None),
        (FetchProblem.TOO_LARGE, 1, _NEW, None),
    ],
)
def test_the_pause_grows_while_there_is_hope(
    problem: FetchProblem, attempt: int, age: timedelta, pause: timedelta | None
) -> None:
    assert pause_before(problem, attempt, age, _WEEK, jitter=1) == pause
    spread = pause_before(problem, attempt, age, _WEEK, jitter=0)
    assert spread == (pause and pause / 2)


@pytest.mark.parametrize(
    ("problem", "age", "expired"),
    [
        (FetchProblem.GONE, _NEW, True),
        (FetchProblem.UNREACHABLE, _WEEK, True),
        (FetchProblem.DAMAGED, _NEW, False),
        (FetchProblem.TOO_LARGE, _NEW, False),
    ],
)
def test_a_file_is_expired_or_no_good(problem: FetchProblem, age: timedelta, expired: bool) -> None:
    assert is_expired(problem, age, _WEEK) is expired
