"""A small menu behind a button."""

import reflex as rx

from inbox_app.components import icons

_file = rx.asset("menu.jsx", shared=True)
_needs = (icons,)


class Menu(rx.Component):
    """A button with an accessible name that opens its children.

    Its face is an icon, or a few letters; `place` is `below`, `above` or `beside`.
    """

    library = _file.importable_path
    tag = "Menu"

    label: rx.Var[str]
    icon: rx.Var[str]
    face: rx.Var[str]
    place: rx.Var[str]


class CopyItem(rx.Component):
    """An item that puts `text` on the clipboard."""

    library = _file.importable_path
    tag = "CopyItem"

    text: rx.Var[str]
    icon: rx.Var[str]


class TellItem(rx.Component):
    """An item that raises a DOM event for another part of the page."""

    library = _file.importable_path
    tag = "TellItem"

    event: rx.Var[str]
    icon: rx.Var[str]
