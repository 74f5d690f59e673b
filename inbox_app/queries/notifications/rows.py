"""What a device is told: plain values, ready to travel to a browser or by way of a push service."""

from typing import TypedDict


class NoticeRow(TypedDict):
    """One thing to be told of."""

    id: int
    kind: str
    """A ``NotificationKind``."""
    tag: str
    """What replaces what, see ``domain.notifications.tag_of``."""
    title: str
    body: str
    url: str
    """The page that says more."""
    silent: bool
    """No sound is wanted."""


class PreferencesRow(TypedDict):
    """As a form shows them; quiet hours are «22:00», "" for none."""

    messages: str
    closing: bool
    connection: bool
    payment: bool
    mention: bool
    assigned: bool
    shows: str
    sound: str
    quiet_from: str
    quiet_to: str
    time_zone: str
