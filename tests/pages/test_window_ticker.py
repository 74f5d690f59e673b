"""What time alone changes is told to open pages: also when the sandbox's time jumps (W2)."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox_app.live import Change
from inbox_app.pages.tabs import live_tabs, window_ticker

pytestmark = pytest.mark.anyio
NOON = datetime(2026, 11, 23, 12, 1, tzinfo=UTC)
OPEN_ACCOUNTS = {1, 2}


class Hub:
    """Two companies have tabs open."""

    def __init__(self) -> None:
        self.told: list[Change] = []

    def accounts(self) -> set[int]:
        return OPEN_ACCOUNTS

    def tell(self, change: Change) -> None:
        self.told.append(change)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    hub = Hub()
    monkeypatch.setattr(live_tabs, "current", lambda: hub)
    return hub


@pytest.mark.parametrize(
    "by",
    [
        pytest.param(timedelta(minutes=2), id="a little on"),
        pytest.param(timedelta(hours=24), id="a day on"),
        pytest.param(timedelta(seconds=-1), id="back"),
        pytest.param(timedelta(minutes=14), id="into another quarter of an hour"),
    ],
)
async def test_all_pages_are_told_when_the_time_was_moved(hub: Hub, by: timedelta) -> None:
    await window_ticker.tell_transitions(NOON, NOON + by)
    assert hub.told == [Change(account) for account in OPEN_ACCOUNTS]
