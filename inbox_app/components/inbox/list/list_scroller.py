"""The scrolling of the list of conversations."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons, list_window

_file = rx.asset("list_scroller.jsx", shared=True)
_needs = (icons, list_window, text)


class ListScroller(rx.Component):
    """A part of a list, which remembers its place and asks for more near its ends.

    `list` names what is listed; `first` and `last` are the ids of the rows at the ends, which carry
    them as `data-row`; `newest` tells what stands first in the whole list.
    """

    library = _file.importable_path
    tag = "ListScroller"

    list: rx.Var[str]
    newest: rx.Var[str]
    first: rx.Var[str]
    last: rx.Var[str]
    count: rx.Var[int]
    has_earlier: rx.Var[bool]
    has_later: rx.Var[bool]

    on_earlier: rx.EventHandler[rx.event.no_args_event_spec]
    on_later: rx.EventHandler[rx.event.no_args_event_spec]
    on_top: rx.EventHandler[rx.event.no_args_event_spec]


list_scroller = ListScroller.create
