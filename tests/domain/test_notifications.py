"""Of what people are told, and when (N1, N2)."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox_app.domain.notifications import (
    MessagesOf,
    NotificationKind,
    Preferences,
    PushOutcome,
    concerns,
    may_be_silent,
    outcome_of,
    pause_after,
    quiet_until,
    tag_of,
    told_at,
)

ME, SOMEBODY = 1, 2
_ALWAYS = {NotificationKind.MESSAGE, NotificationKind.URGENT}


def of(**columns: object) -> Preferences:
    return Preferences(time_zone="Europe/Rome", **columns)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("messages", "mine", "nobodys", "somebodys"),
    [
        (MessagesOf.ALL, True, True, True),
        (MessagesOf.OPEN, True, True, False),
        (MessagesOf.MINE, True, False, False),
        (MessagesOf.NONE, False, False, False),
    ],
)
def test_a_message_is_told_to_those_who_want_it(
    messages: MessagesOf, mine: bool, nobodys: bool, somebodys: bool
) -> None:
    told = [
        concerns(NotificationKind.MESSAGE, whose, ME, of(messages=messages))
        for whose in (ME, None, SOMEBODY)
    ]
    assert told == [mine, nobodys, somebodys]


@pytest.mark.parametrize("kind", [kind for kind in NotificationKind if kind not in _ALWAYS])
def test_each_other_kind_can_be_switched_off(kind: NotificationKind) -> None:
    assert concerns(kind, None, ME, of())
    assert not concerns(kind, None, ME, of(**{kind.value: False}))


def test_a_closing_window_is_told_to_whose_conversation_it_is() -> None:
    told = [concerns(NotificationKind.CLOSING, who, ME, of()) for who in (ME, None, SOMEBODY)]
    assert told == [True, True, False]


@pytest.mark.parametrize("kind", ["closing", "mention", "assigned", "urgent"])
def test_what_one_person_is_told_nobody_else_hears(kind: str) -> None:
    told = NotificationKind(kind)
    assert concerns(told, ME, ME, of(messages=MessagesOf.NONE), told=ME)
    assert not concerns(told, ME, SOMEBODY, of(), told=ME)


def test_who_gave_a_conversation_on_is_no_longer_told_of_it() -> None:
    told = [concerns(NotificationKind.ASSIGNED, who, ME, of(), told=ME) for who in (ME, SOMEBODY)]
    assert told == [True, False]


@pytest.mark.parametrize(
    ("kind", "conversation", "tag"),
    [
        (NotificationKind.MESSAGE, 7, "conversation-7"),
        (NotificationKind.CLOSING, 7, "conversation-7"),
        (NotificationKind.MENTION, 7, "mention-7"),
        (NotificationKind.ASSIGNED, 7, "assigned-7"),
        (NotificationKind.ASSIGNED, None, "assigned"),
        (NotificationKind.PAYMENT, None, "payment"),
    ],
)
def test_a_mention_stands_beside_the_messages_of_its_conversation(
    kind: NotificationKind, conversation: int | None, tag: str
) -> None:
    assert tag_of(kind, conversation) == tag


@pytest.mark.parametrize(
    ("start", "end", "now", "until"),
    [
        (22 * 60, 7 * 60, "2026-11-23T20:59", None),
        (22 * 60, 7 * 60, "2026-11-23T21:00", "2026-11-24T06:00"),
        (22 * 60, 7 * 60, "2026-11-24T00:30", "2026-11-24T06:00"),
        (22 * 60, 7 * 60, "2026-11-24T06:00", None),
        (13 * 60, 15 * 60 + 30, "2026-11-23T12:30", "2026-11-23T14:30"),
        (13 * 60, 15 * 60 + 30, "2026-11-23T14:30", None),
        (22 * 60, 7 * 60, "2026-10-24T21:00", "2026-10-25T06:00"),
        (None, None, "2026-11-23T21:00", None),
        (60, 60, "2026-11-23T00:00", None),
    ],
)
def test_quiet_hours_are_those_of_the_persons_own_clock(
    start: int | None, end: int | None, now: str, until: str | None
) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    ends = quiet_until(of(quiet_from=start, quiet_to=end), moment)
    assert ends == (datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (201, PushOutcome.TAKEN),
        (404, PushOutcome.GONE),
        (410, PushOutcome.GONE),
        (403, PushOutcome.GONE),
        (400, PushOutcome.REFUSED),
        (413, PushOutcome.REFUSED),
        (307, PushOutcome.REFUSED),
        (429, PushOutcome.AGAIN),
        (503, PushOutcome.AGAIN),
        (None, PushOutcome.AGAIN),
    ],
)
def test_an_answer_of_a_push_service_means_one_thing(
    status: int | None, outcome: PushOutcome
) -> None:
    assert outcome_of(status) is outcome


def test_pauses_grow_to_an_end_and_are_as_long_as_the_service_asks() -> None:
    pauses = [pause for n in range(1, 20) if (pause := pause_after(n, 0.0))]
    assert pauses == sorted(pauses)
    assert sum(pauses, timedelta(0)) < timedelta(hours=12)
    assert pause_after(1, 0.0, timedelta(minutes=3)) == timedelta(minutes=3)
    assert pause_after(1, 0.0, timedelta(days=9)) == timedelta(hours=4)


def test_apple_is_sent_nothing_that_shows_nothing() -> None:
    assert not may_be_silent("web.push.apple.com")
    assert may_be_silent("fcm.googleapis.com")
    assert may_be_silent("notweb.push.apple.com")


@pytest.mark.parametrize(
    ("kind", "at"),
    [(NotificationKind.MESSAGE, 6), (NotificationKind.URGENT, 2), (NotificationKind.CLOSING, None)],
)
def test_what_is_urgent_does_not_wait_for_the_end_of_quiet_hours(
    kind: NotificationKind, at: int | None
) -> None:
    """Nor is anything told that is true no more by then (N2)."""
    night = datetime(2026, 11, 24, 2, tzinfo=UTC)
    wanted = of(messages=MessagesOf.NONE, quiet_from=22 * 60, quiet_to=7 * 60)
    assert told_at(kind, wanted, night) == (at and night.replace(hour=at))
    assert concerns(NotificationKind.URGENT, SOMEBODY, ME, wanted, told=ME)
