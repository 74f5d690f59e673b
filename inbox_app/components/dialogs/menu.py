"""A small menu behind a button."""

import reflex as rx

from inbox_app.components.dialogs import dialog
from inbox_app.components.layout import icons

_file = rx.asset("menu.jsx", shared=True)
_parts = rx.asset("menu_parts.js", shared=True)
_needs = (dialog, icons)


class _Part(rx.Component):
    library = _file.importable_path
    lib_dependencies: list[str] = [  # noqa: RUF012 - Reflex copies it
        "@radix-ui/react-dropdown-menu@2.2.1"
    ]


class Menu(_Part):
    """A button that opens its children.

    On it stand a few words (`trigger_text`), or an icon; the label is heard, after the text
    if there is one. `place` is `below` (to the left), `under` (to the right), `above` or `beside`
    (on phones above).
    """

    tag = "Menu"

    label: rx.Var[str]
    icon: rx.Var[str]
    trigger_text: rx.Var[str]
    trigger_class: rx.Var[str]
    place: rx.Var[str]


class MenuItem(_Part):
    """An item that does something."""

    tag = "MenuItem"

    icon: rx.Var[str]

    on_select: rx.EventHandler[rx.event.no_args_event_spec]


class CopyItem(_Part):
    """An item that puts `text` on the clipboard."""

    tag = "CopyItem"

    text: rx.Var[str]
    icon: rx.Var[str]


class TellItem(_Part):
    """An item that raises a DOM event for another part of the page."""

    tag = "TellItem"

    event: rx.Var[str]
    icon: rx.Var[str]


class SubmitItem(_Part):
    """An item that posts the form it stands in."""

    tag = "SubmitItem"

    icon: rx.Var[str]


class MenuChoices(_Part):
    """A group of choices, of which the one with its `value` holds."""

    tag = "MenuChoices"

    label: rx.Var[str]
    value: rx.Var[str]


class MenuChoice(_Part):
    """One of them. With a `name` it posts the form it stands in, and its value by that name."""

    tag = "MenuChoice"

    name: rx.Var[str]
    value: rx.Var[str]

    on_select: rx.EventHandler[rx.event.no_args_event_spec]
