"""The colleagues who are at the conversations of the list (X1)."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("row_people.jsx", shared=True)
_needs = (icons, text)


class PeopleInRows(rx.Component):
    """Tells the rows, once a list."""

    library = _file.importable_path
    tag = "PeopleInRows"

    people: rx.Var[dict[str, list[dict[str, str]]]]
    """By conversation, `{name, initials}` of each."""


class RowPeople(rx.Component):
    """Who is at this conversation; nothing while nobody is."""

    library = _file.importable_path
    tag = "RowPeople"

    thread: rx.Var[str]
