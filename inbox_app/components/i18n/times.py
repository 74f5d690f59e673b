"""What depends on the time: countdowns, hours, days; ticking and written in the browser."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("times.jsx", shared=True)
_formats = rx.asset("formats.js", shared=True)
_levels = rx.asset("window_level.js", shared=True)
_needs = (icons, text)


class _Part(rx.Component):
    library = _file.importable_path


class ServerClock(_Part):
    """Tells the page the server's time (epoch milliseconds) and the account's zone (IANA name);
    all the others follow it."""

    tag = "ServerClock"
    at: rx.Var[int]
    zone: rx.Var[str]


class ListTime(_Part):
    """A moment as a list shows it: 14:52, Yesterday, Fri, 3 Dec."""

    tag = "ListTime"
    at: rx.Var[int]


class ClockTime(_Part):
    """The hour of a moment."""

    tag = "ClockTime"
    at: rx.Var[int]


class DayName(_Part):
    """The name of a day `YYYY-MM-DD`: Today, Yesterday, Wednesday 19 November."""

    tag = "DayName"
    day: rx.Var[str]


class StayDate(_Part):
    """A day of a stay: Wed 19 Nov."""

    tag = "StayDate"
    day: rx.Var[str]


class ShortDate(_Part):
    """A day inside a line: 3 Dec."""

    tag = "ShortDate"
    day: rx.Var[str]


class LocalTime(_Part):
    """What time it is in a zone (IANA name)."""

    tag = "LocalTime"
    zone: rx.Var[str]


class MomentIn(_Part):
    """A sentence with a `{moment}`: today at 19:04, on 12 November at 19:04."""

    tag = "MomentIn"
    sentence: rx.Var[str]
    at: rx.Var[int]


class ClockIn(_Part):
    """A sentence with a `{moment}` that is most likely today: at 19:04, yesterday at 14:02."""

    tag = "ClockIn"
    sentence: rx.Var[str]
    at: rx.Var[int]


class MomentAfter(_Part):
    """A label with a `{moment}` after it, or the moment alone: 14:02; yesterday, 14:02."""

    tag = "MomentAfter"
    sentence: rx.Var[str]
    at: rx.Var[int]


class SpanIn(_Part):
    """A sentence with the `{span}` since a moment (2 hours); within the first minutes, `soon`."""

    tag = "SpanIn"
    sentence: rx.Var[str]
    soon: rx.Var[str]
    at: rx.Var[int]


class Money(_Part):
    """A decimal string with its currency (ISO 4217)."""

    tag = "Money"
    amount: rx.Var[str]
    currency: rx.Var[str]


class After(_Part):
    """Shows its children once so many minutes have gone by since a moment."""

    tag = "After"
    at: rx.Var[int]
    minutes: rx.Var[int]


class WindowLeft(_Part):
    """How long the window of a row stays open: never longer than its channel's window is."""

    tag = "WindowLeft"
    phase: rx.Var[str]
    closes_at: rx.Var[int]
    length: rx.Var[int]


class Waited(_Part):
    """How long somebody has waited for an answer."""

    tag = "Waited"
    since: rx.Var[int]


class SnoozedUntil(_Part):
    """A moment to come, as short as a row wants it."""

    tag = "SnoozedUntil"
    at: rx.Var[int]


class Countdown(_Part):
    """The open thread's countdown; `on_expire` fires once when it reaches zero."""

    tag = "Countdown"
    phase: rx.Var[str]
    closes_at: rx.Var[int]
    closed_at: rx.Var[int]
    length: rx.Var[int]
    on_expire: rx.EventHandler[rx.event.no_args_event_spec]
