"""The scrolling of a thread: first unread, bottom, more of it at both ends without a jump."""

from typing import Any

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("thread_scroller.jsx", shared=True)
_places = rx.asset("thread_places.js", shared=True)
_keys = rx.asset("message_keys.js", shared=True)
_needs = (icons, text)


def _read_to(thread: rx.Var[str], last: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return thread, last


class ThreadScroller(rx.Component):
    """A log of messages; each has `data-message`, the divider before the unread ones
    `data-first-unread`. `landing` says where one arrives, and by its count when."""

    library = _file.importable_path
    tag = "ThreadScroller"

    thread: rx.Var[str]
    landing: rx.Var[dict[str, Any]]
    first: rx.Var[str]
    last: rx.Var[str]
    last_is_outgoing: rx.Var[bool]
    unread: rx.Var[int]
    has_older: rx.Var[bool]
    has_newer: rx.Var[bool]

    on_older: rx.EventHandler[rx.event.no_args_event_spec]
    on_newer: rx.EventHandler[rx.event.no_args_event_spec]
    on_newest: rx.EventHandler[rx.event.no_args_event_spec]
    on_read: rx.EventHandler[_read_to]
    """With the thread, and the id of the message that stood last when its end was on the screen."""


thread_scroller = ThreadScroller.create
