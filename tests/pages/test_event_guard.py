"""The gate before the event handlers."""

import pytest

from inbox_app.pages import event_guard
from inbox_app.pages.event_guard import EventRateLimit
from inbox_app.pages.session import sign_in_address


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, to be changed in place."""
    now = [1000.0]
    monkeypatch.setattr(event_guard.time, "monotonic", lambda: now[0])
    return now


def _admitted(pace: EventRateLimit, tab: str, events: int) -> int:
    return sum(pace.admits(tab) for _ in range(events))


def test_a_burst_of_events_passes_and_a_flood_does_not(seconds: list[float]) -> None:
    assert _admitted(EventRateLimit(), "tab", 1000) == 120


def test_who_waits_may_send_again(seconds: list[float]) -> None:
    pace = EventRateLimit()
    _admitted(pace, "tab", 1000)
    seconds[0] += 1
    assert _admitted(pace, "tab", 1000) == 30
    seconds[0] += 3600
    assert _admitted(pace, "tab", 1000) == 120


def test_one_tab_in_a_hurry_does_not_slow_another(seconds: list[float]) -> None:
    pace = EventRateLimit()
    _admitted(pace, "flood", 1000)
    assert _admitted(pace, "calm", 10) == 10


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://inbox.example/", "/login"),
        ("https://inbox.example/inbox/12", "/login?next=%2Finbox%2F12"),
        (
            "https://inbox.example/templates/new?from=/inbox/12#there",
            "/login?next=%2Ftemplates%2Fnew%3Ffrom%3D%2Finbox%2F12",
        ),
        ("https://inbox.example//evil.example", "/login"),
        ("", "/login"),
    ],
)
def test_who_signs_in_again_comes_back_to_the_whole_address(url: str, address: str) -> None:
    assert sign_in_address(url) == address
