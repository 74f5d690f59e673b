"""A long list of which only a part is in the page."""

import reflex as rx

from inbox_app.components.i18n import text

_file = rx.asset("list_window.jsx", shared=True)
_needs = (text,)


class ListWindow(rx.Component):
    """Asks for the part after or before near its ends, and keeps in place what one looks at.

    `list` names what is listed (its filters); `first` and `last` are the ids of the rows at the
    ends, which carry them as `data-row`.
    """

    library = _file.importable_path
    tag = "ListWindow"

    list: rx.Var[str]
    first: rx.Var[str]
    last: rx.Var[str]
    has_earlier: rx.Var[bool]
    has_later: rx.Var[bool]
    label: rx.Var[str]

    on_earlier: rx.EventHandler[rx.event.no_args_event_spec]
    on_later: rx.EventHandler[rx.event.no_args_event_spec]
