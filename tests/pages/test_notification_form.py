"""What the form of notifications may say (N2)."""

import pytest

from inbox_app.domain.notifications import MessagesOf, Preferences, Shows, Sound
from inbox_app.pages.notifications.form_reading import preferences

FORM = {
    "messages": "open",
    "closing": "on",
    "mention": "on",
    "shows": "name",
    "sound": "none",
    "quiet": "on",
    "quiet_from": "22:30",
    "quiet_to": "07:00",
    "time_zone": "Europe/Madrid",
}


def test_a_whole_form_is_read() -> None:
    assert preferences(FORM, "Europe/Rome") == Preferences(
        messages=MessagesOf.OPEN,
        closing=True,
        connection=False,
        payment=False,
        mention=True,
        assigned=False,
        shows=Shows.NAME,
        sound=Sound.NONE,
        quiet_from=22 * 60 + 30,
        quiet_to=7 * 60,
        time_zone="Europe/Madrid",
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"quiet": ""},
        {"quiet_from": "25:00"},
        {"quiet_to": "seven"},
        {"quiet_from": "٢٢:٠٠"},
        {"quiet_to": "\ud83d"},
    ],
)
def test_quiet_hours_are_whole_or_none(changed: dict[str, str]) -> None:
    read = preferences(FORM | changed, "Europe/Rome")
    assert read is not None
    assert (read.quiet_from, read.quiet_to) == (None, None)


def test_without_a_time_zone_it_is_the_accounts() -> None:
    read = preferences({**FORM, "time_zone": ""}, "Europe/Rome")
    assert read is not None
    assert read.time_zone == "Europe/Rome"


@pytest.mark.parametrize(
    "form",
    [
        None,
        [],
        {},
        FORM | {"messages": "everything"},
        FORM | {"shows": ["text"]},
        FORM | {"sound": "\ud83d"},
        FORM | {"time_zone": "Mars/Base"},
        FORM | {"time_zone": "x" * 10_000 + "Europe/Rome", "messages": 1},
    ],
)
def test_what_no_such_form_sends_is_refused(form: object) -> None:
    assert preferences(form, "Europe/Rome") is None
