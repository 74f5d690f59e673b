"""A question before something that is not easily undone."""

import reflex as rx

from inbox_app.components import text

_file = rx.asset("ask.jsx", shared=True)
_needs = (text,)


class Ask(rx.Component):
    """A button `label` that opens a dialog; its children are what there is to know, and `confirm`
    the button that does it."""

    library = _file.importable_path
    tag = "Ask"

    label: rx.Var[str]
    title: rx.Var[str]
    confirm: rx.Var[str]

    on_confirm: rx.EventHandler[rx.event.no_args_event_spec]
