"""How often another system is told, and when it is given up (A3)."""

from datetime import UTC, datetime, timedelta
from itertools import count, takewhile

import pytest
from standardwebhooks.webhooks import Webhook

from inbox_app.domain import webhooks
from inbox_app.domain.webhooks import SwitchedOff

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_it_is_tried_for_three_days_ever_more_seldom() -> None:
    pauses = [*takewhile(bool, (webhooks.pause_after(attempt, 0) for attempt in count(1)))]
    assert pauses[:3] == [timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30)]
    assert pauses == sorted(pauses, key=lambda pause: pause or timedelta())
    whole = sum(filter(None, pauses), timedelta())
    assert timedelta(days=2.9) < whole < timedelta(days=3.1)
    assert webhooks.pause_after(1, 1.0) == timedelta(seconds=5.5)


@pytest.mark.parametrize(
    ("status", "failing_for", "expected"),
    [
        (500, timedelta(), None),
        (None, timedelta(days=2, hours=23), None),
        (500, timedelta(days=3), SwitchedOff.FAILING),
        (None, timedelta(days=4), SwitchedOff.FAILING),
        (410, timedelta(), SwitchedOff.GONE),
    ],
)
def test_an_address_is_given_up_after_three_days_or_when_it_says_so(
    status: int | None, failing_for: timedelta, expected: SwitchedOff | None
) -> None:
    assert webhooks.switched_off(status, NOW - failing_for, NOW) is expected


@pytest.mark.parametrize(
    ("status", "taken"), [(200, True), (204, True), (299, True), (302, False), (404, False)]
)
def test_only_2xx_says_that_they_have_it(status: int, *, taken: bool) -> None:
    assert webhooks.is_taken(status) is taken


def test_secrets_are_as_the_specification_has_them() -> None:
    first, second = webhooks.new_secret(), webhooks.new_secret()
    assert first.startswith("whsec_")
    assert first != second
    assert Webhook(first).sign("evt_1", NOW, "{}").startswith("v1,")
