"""The scrolling of the list of conversations."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("list_scroller.jsx", shared=True)
_needs = (icons, text)


class ListScroller(rx.Component):
    """A list that remembers its place and asks for more near its end."""

    library = _file.importable_path
    tag = "ListScroller"

    list: rx.Var[str]
    newest: rx.Var[str]
    count: rx.Var[int]
    has_more: rx.Var[bool]

    on_end: rx.EventHandler[rx.event.no_args_event_spec]


list_scroller = ListScroller.create
