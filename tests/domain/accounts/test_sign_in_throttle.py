"""Guessing is slowed down, whoever guesses from wherever; the right person comes in."""

from datetime import datetime, timedelta

import pytest

from inbox_app.domain.accounts.sign_in_throttle import (
    EMAIL,
    NETWORK,
    NO_WAIT,
    PAIR,
    Failures,
    SignInThrottle,
    network_of,
)

HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"
MARTA, OTHER = "marta@x.it", "other@x.it"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def throttle() -> SignInThrottle:
    return SignInThrottle()


def fail(throttle: SignInThrottle, times: int, email: str, address: str, now: datetime) -> datetime:
    """As many wrong passwords as quickly as one is let; when the last was tried."""
    for _ in range(times):
        while wait := throttle.attempt(email, address, now):
            now += wait
    return now


def test_five_slips_are_free_and_then_each_wait_is_twice_the_last(
    throttle: SignInThrottle, now: datetime
) -> None:
    assert fail(throttle, 5, MARTA, HERE, now) == now
    waits = []
    for _ in range(9):
        waits.append(wait := throttle.attempt(MARTA, HERE, now))
        now += wait
        assert throttle.attempt(MARTA, HERE, now) == NO_WAIT
    assert [wait.total_seconds() for wait in waits] == [5, 10, 20, 40, 80, 160, 320, 640, 900]


def test_being_told_to_wait_counts_as_nothing(throttle: SignInThrottle, now: datetime) -> None:
    fail(throttle, 5, MARTA, HERE, now)
    for _ in range(100):
        assert throttle.attempt(MARTA, HERE, now) == 5 * SECOND
    assert throttle.attempt(MARTA, HERE, now + 4 * SECOND) == SECOND
    assert throttle.attempt(MARTA, HERE, now + 5 * SECOND) == NO_WAIT


def test_a_stranger_who_guesses_locks_nobody_out(throttle: SignInThrottle, now: datetime) -> None:
    later = fail(throttle, 12, MARTA, HERE, now)
    assert throttle.attempt(MARTA, ELSEWHERE, later) == NO_WAIT


def test_ones_own_sign_in_pays_for_no_guess_at_another(
    throttle: SignInThrottle, now: datetime
) -> None:
    """Spraying: one password at many people, and one's own in between."""
    guesses, at = 0, now
    while at < now + timedelta(hours=1):
        if throttle.attempt("mine@x.it", HERE, at):
            at += SECOND
            continue
        throttle.succeeded("mine@x.it", HERE)
        guesses += not throttle.attempt(f"{guesses}@x.it", HERE, at)
    assert guesses <= NETWORK.free + 40


def test_signing_in_ever_so_often_is_no_guessing(throttle: SignInThrottle, now: datetime) -> None:
    for _ in range(200):
        assert throttle.attempt(MARTA, HERE, now) == NO_WAIT
        throttle.succeeded(MARTA, HERE)


def test_the_right_password_forgives_the_slips_before_it(
    throttle: SignInThrottle, now: datetime
) -> None:
    fail(throttle, 5, MARTA, HERE, now)
    assert throttle.attempt(MARTA, HERE, now + 5 * SECOND) == NO_WAIT
    throttle.succeeded(MARTA, HERE)
    assert fail(throttle, 5, MARTA, HERE, now + 5 * SECOND) == now + 5 * SECOND


def test_guessing_for_one_person_from_everywhere_leaves_each_place_one_guess(
    throttle: SignInThrottle, now: datetime
) -> None:
    for number in range(EMAIL.free):
        assert throttle.attempt(MARTA, f"10.0.0.{number}", now) == NO_WAIT
    assert throttle.attempt(MARTA, HERE, now) == NO_WAIT
    assert throttle.attempt(MARTA, HERE, now) == MINUTE
    assert throttle.attempt(OTHER, HERE, now) == NO_WAIT


def test_under_such_an_attack_the_right_password_needs_one_attempt(
    throttle: SignInThrottle, now: datetime
) -> None:
    for number in range(2000):
        throttle.attempt(MARTA, f"10.0.{number // 250}.{number % 250}", now)
    assert throttle.attempt(MARTA, HERE, now) == NO_WAIT


def test_failures_are_forgiven_as_time_passes(throttle: SignInThrottle, now: datetime) -> None:
    fail(throttle, 5, MARTA, HERE, now)
    later = now + timedelta(hours=3)
    assert fail(throttle, 3, MARTA, HERE, later) == later
    assert throttle.attempt(MARTA, HERE, later) == 5 * SECOND


def test_nobody_waits_longer_than_the_longest_even_when_the_clock_is_set_back(
    throttle: SignInThrottle, now: datetime
) -> None:
    later = fail(throttle, 40, MARTA, HERE, now)
    assert throttle.attempt(MARTA, HERE, later - timedelta(days=1)) <= PAIR.longest_wait


def test_one_network_is_slowed_down_whoever_it_guesses_for(
    throttle: SignInThrottle, now: datetime
) -> None:
    for number in range(NETWORK.free):
        assert throttle.attempt(f"{number}@x.it", HERE, now) == NO_WAIT
    assert throttle.attempt(OTHER, HERE, now) == 5 * SECOND
    assert throttle.attempt_unnamed(HERE, now) == 5 * SECOND
    assert throttle.attempt(OTHER, ELSEWHERE, now) == NO_WAIT


def test_a_setup_is_no_way_around(throttle: SignInThrottle, now: datetime) -> None:
    for _ in range(NETWORK.free):
        assert throttle.attempt_unnamed(HERE, now) == NO_WAIT
    assert throttle.attempt_unnamed(HERE, now) == 5 * SECOND


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("[2001:db8::1]:443", "2001:db8::2", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("192.0.2.7:5000", "192.0.2.7:5001", True),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
        ("unknown", "_hidden", True),
    ],
)
def test_addresses_that_one_guesser_has_count_as_one(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_memory_is_bounded_and_keeps_who_tried_last(now: datetime) -> None:
    failures = Failures(names=3)
    for name in ("a", "b", "a", "c", "d"):
        failures.count(name, EMAIL, now)
    assert len(failures._failures) == 3
    assert "b" not in failures._failures


def test_an_endless_e_mail_takes_no_more_room_than_a_long_one(
    throttle: SignInThrottle, now: datetime
) -> None:
    fail(throttle, 5, "x" * 30_000, HERE, now)
    assert max(map(len, throttle._of_pair._failures)) < 300
