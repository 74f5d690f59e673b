"""What the pages of people and of one's own devices show: plain values, ready to travel to a
browser. Moments are in epoch milliseconds, 0 for none."""

from typing import TypedDict


class PersonRow(TypedDict):
    """``role`` is admin or agent; ``state`` is active, invited or disabled."""

    id: str
    name: str
    email: str
    role: str
    state: str
    seen_at: int


class DeviceRow(TypedDict):
    """Where somebody is signed in; ``here`` is the device that asks. Names are "" where the browser
    does not tell."""

    id: str
    browser: str
    system: str
    seen_at: int
    here: bool
