"""The beginning of the message that another answers, as the way there."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.inbox.thread import thread_scroller

_file = rx.asset("quote.jsx", shared=True)
_needs = (text, thread_scroller)


def _one(message: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (message,)


class Quote(rx.Component):
    """Stands in the message `by`, and leads to the `message` of the same `thread`, which may be far
    from what is loaded: `on_go` brings it. Back leads to `by` again."""

    library = _file.importable_path
    tag = "Quote"

    thread: rx.Var[str]
    by: rx.Var[str]
    message: rx.Var[str]

    on_go: rx.EventHandler[_one]
