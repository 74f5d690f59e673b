"""The customer service window, to the microsecond (W3)."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inbox_app.channels.whatsapp import window
from inbox_app.channels.whatsapp.window import WINDOW
from inbox_app.domain import reply_window
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.reply_window import WindowPhase, WindowState

WROTE_AT = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
ROME = ZoneInfo("Europe/Rome")
window_state = partial(reply_window.state, length=WINDOW)
window_phase = partial(reply_window.phase, length=WINDOW)
window_closes_at = partial(reply_window.closes_at, length=WINDOW)
window_remaining = partial(reply_window.remaining, length=WINDOW)
TICK = timedelta(microseconds=1)

moments = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    max_value=datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@pytest.mark.parametrize(
    ("since", "state", "phase"),
    [
        (timedelta(0), WindowState.OPEN, WindowPhase.NEUTRAL),
        (timedelta(hours=18) - TICK, WindowState.OPEN, WindowPhase.NEUTRAL),
        (timedelta(hours=18), WindowState.OPEN, WindowPhase.AMBER),
        (timedelta(hours=23) - TICK, WindowState.OPEN, WindowPhase.AMBER),
        (timedelta(hours=23), WindowState.OPEN, WindowPhase.RED),
        (timedelta(hours=24) - TICK, WindowState.OPEN, WindowPhase.RED),
        (timedelta(hours=24), WindowState.CLOSED, WindowPhase.CLOSED),
        (timedelta(days=400), WindowState.CLOSED, WindowPhase.CLOSED),
    ],
)
def test_the_window_by_time_since_the_last_message(
    since: timedelta, state: WindowState, phase: WindowPhase
) -> None:
    assert window_state(WROTE_AT, WROTE_AT + since) is state
    assert window_phase(WROTE_AT, WROTE_AT + since) is phase


@pytest.mark.parametrize(
    ("wrote", "local_close"),
    [
        pytest.param("2026-03-28T12:00", "2026-03-29T13:00", id="the night that lacks an hour"),
        pytest.param("2026-10-24T12:00", "2026-10-25T11:00", id="the night with an hour twice"),
        pytest.param("2026-07-01T12:00", "2026-07-02T12:00", id="any other night"),
    ],
)
def test_it_lasts_24_hours_and_not_a_day_on_the_wall(wrote: str, local_close: str) -> None:
    wrote_at = datetime.fromisoformat(wrote).replace(tzinfo=ROME).astimezone(UTC)
    closes = window_closes_at(wrote_at)
    assert closes is not None
    assert closes.astimezone(ROME).strftime("%Y-%m-%dT%H:%M") == local_close
    last_second = wrote_at + timedelta(hours=23, minutes=59, seconds=59)
    assert window_state(wrote_at, last_second) is WindowState.OPEN
    assert window_state(wrote_at, closes) is WindowState.CLOSED


@given(
    wrote=st.datetimes(
        min_value=datetime(2020, 1, 1),  # noqa: DTZ001
        max_value=datetime(2035, 1, 1),  # noqa: DTZ001
        timezones=st.timezones(),
        allow_imaginary=False,
    ),
    from_the_edge=st.timedeltas(timedelta(seconds=-1), timedelta(seconds=1)),
    read_in=st.timezones(),
)
@example(datetime(2026, 3, 28, 12, tzinfo=ROME), -TICK, ROME)
@example(datetime(2026, 3, 28, 12, tzinfo=ROME), timedelta(0), ROME)
@example(datetime(2026, 10, 25, 2, 30, tzinfo=ROME, fold=1), timedelta(seconds=-1), ROME)
@example(datetime(2026, 10, 25, 2, 30, tzinfo=ROME, fold=0), timedelta(0), ROME)
def test_at_the_edge_every_zone_and_every_clock_agree(
    wrote: datetime, from_the_edge: timedelta, read_in: ZoneInfo
) -> None:
    """23:59:59 is open and 24:00:00 is not, also over a night that lacks an hour or has one twice;
    a microsecond decides."""
    wrote_at = wrote.astimezone(UTC)
    now = (wrote_at + WINDOW + from_the_edge).astimezone(read_in)
    is_open = from_the_edge < timedelta(0)
    assert window_state(wrote_at, now) is (WindowState.OPEN if is_open else WindowState.CLOSED)
    assert window_phase(wrote_at, now) is (WindowPhase.RED if is_open else WindowPhase.CLOSED)
    assert window_remaining(wrote_at, now) == max(-from_the_edge, timedelta(0))


@given(received=moments, ahead=st.timedeltas(timedelta(0), timedelta(days=400)))
def test_who_writes_from_the_future_has_24_hours_from_now(
    received: datetime, ahead: timedelta
) -> None:
    effective = reply_window.effective_inbound_at(received + ahead, received)
    assert window_remaining(effective, received) == WINDOW
    assert window_state(effective, received + WINDOW - TICK) is WindowState.OPEN
    assert window_state(effective, received + WINDOW) is WindowState.CLOSED


def test_who_never_wrote_has_no_window() -> None:
    assert window_state(None, WROTE_AT) is WindowState.NEVER
    assert window_phase(None, WROTE_AT) is WindowPhase.NEVER
    assert window_closes_at(None) is None
    assert window_remaining(None, WROTE_AT) == timedelta(0)


@given(last=moments, now=moments)
def test_open_is_exactly_before_closing(last: datetime, now: datetime) -> None:
    assert window_closes_at(last) == last + WINDOW
    assert (window_state(last, now) is WindowState.OPEN) == (now < last + WINDOW)
    assert (window_remaining(last, now) > timedelta(0)) == (now < last + WINDOW)
    assert window_remaining(last, now) <= WINDOW


@given(meta=moments, received=moments)
def test_a_timestamp_ahead_of_our_clock_counts_as_now(meta: datetime, received: datetime) -> None:
    effective = reply_window.effective_inbound_at(meta, received)
    assert effective == min(meta, received)
    assert window_remaining(effective, received) <= WINDOW


def test_without_a_timestamp_the_arrival_counts() -> None:
    assert reply_window.effective_inbound_at(None, WROTE_AT) == WROTE_AT


@pytest.mark.parametrize(
    ("kind", "wire_type", "opens"),
    [
        (MessageKind.TEXT, None, True),
        (MessageKind.TEXT, "button", True),
        (MessageKind.IMAGE, None, True),
        (MessageKind.LOCATION, None, True),
        (MessageKind.UNSUPPORTED, "reply", True),
        (MessageKind.UNSUPPORTED, "order", True),
        (MessageKind.UNSUPPORTED, "call", True),
        (MessageKind.UNSUPPORTED, "poll_creation", True),
        (MessageKind.UNSUPPORTED, "never_heard_of", True),
        (MessageKind.UNSUPPORTED, None, True),
        (MessageKind.UNSUPPORTED, "reaction", False),
        (MessageKind.UNSUPPORTED, "edit", False),
        (MessageKind.UNSUPPORTED, "revoke", False),
        (MessageKind.UNSUPPORTED, "request_welcome", False),
        (MessageKind.SYSTEM, None, False),
        (MessageKind.TEMPLATE, None, False),
    ],
)
def test_which_messages_open_the_window(
    kind: MessageKind, wire_type: str | None, opens: bool
) -> None:
    assert window.counts(kind, wire_type) is opens


@given(wrote=st.none() | moments, now=moments)
def test_a_channel_without_a_window_has_none_whenever_somebody_wrote(
    wrote: datetime | None, now: datetime
) -> None:
    assert reply_window.state(wrote, now, None) is WindowState.NONE
    assert reply_window.phase(wrote, now, None) is WindowPhase.NONE
    assert reply_window.closes_at(wrote, None) is None
    assert reply_window.remaining(wrote, now, None) == timedelta(0)
