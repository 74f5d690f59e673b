"""The scrolling of a thread: first unread, bottom, older ones on top, new ones without a jump."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("thread_scroller.jsx", shared=True)
_needs = (icons, text)


class ThreadScroller(rx.Component):
    """A log of messages; each has `data-message`, the first unread one `data-first-unread`."""

    library = _file.importable_path
    tag = "ThreadScroller"

    thread: rx.Var[str]
    first: rx.Var[str]
    last: rx.Var[str]
    last_is_mine: rx.Var[bool]
    unread: rx.Var[bool]
    has_older: rx.Var[bool]

    on_older: rx.EventHandler[rx.event.no_args_event_spec]
    on_read: rx.EventHandler[rx.event.no_args_event_spec]


thread_scroller = ThreadScroller.create
