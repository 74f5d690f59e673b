"""The title of the tab and the spoken news."""

import reflex as rx

from inbox_app.components.i18n import text

_file = rx.asset("tab.jsx", shared=True)
_needs = (text,)


class TabTitle(rx.Component):
    """Puts a count before the name of the page."""

    library = _file.importable_path
    tag = "TabTitle"

    name: rx.Var[str]
    count: rx.Var[int]


class Announcer(rx.Component):
    """Says to screen readers that somebody wrote; `at` is epoch milliseconds."""

    library = _file.importable_path
    tag = "Announcer"

    at: rx.Var[int]
    who: rx.Var[str]
    unread: rx.Var[bool]
