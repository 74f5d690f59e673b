"""How long an account keeps what it has (A6)."""

import pytest

from inbox_app.domain.accounts.retention import Retention, chosen


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("", "", ""), Retention()),
        (("365", "", ""), Retention(messages=365)),
        (("", "30", "7"), Retention(files=30, events=7)),
        (("364", "", ""), None),
        (("0", "", ""), None),
        (("-1", "", ""), None),
        ((None, "", ""), None),
        (("365", "365", "365"), None),
    ],
)
def test_only_what_is_offered_is_a_choice(
    given: tuple[str | None, str | None, str | None], expected: Retention | None
) -> None:
    assert chosen(*given) == expected


def test_nothing_goes_before_somebody_says_so() -> None:
    assert not Retention().forgets
    assert Retention(events=1).forgets
