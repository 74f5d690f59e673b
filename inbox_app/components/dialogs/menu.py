"""A small menu behind a button."""

import reflex as rx

from inbox_app.components.dialogs import dialog
from inbox_app.components.layout import icons
from inbox_app.components.navigation import links

_file = rx.asset("menu.jsx", shared=True)
_parts = rx.asset("menu_parts.js", shared=True)
_needs = (dialog, icons, links)


class _Part(rx.Component):
    library = _file.importable_path
    lib_dependencies: list[str] = [  # noqa: RUF012 - Reflex copies it
        "@radix-ui/react-dropdown-menu@2.2.1"
    ]


class Menu(_Part):
    """A button that opens its children.

    On it stand a few words (`trigger_text`), or an icon; the label is heard, after the text
    if there is one, or `labelled`, as in the navigation, stands below the icon. `place` is `below`
    (to the left), `under` (to the right), `above`, `over` (to the left) or `beside` (on phones
    `over`). A `sheet` rises from the foot of a phone, whatever its place.
    """

    tag = "Menu"

    label: rx.Var[str]
    icon: rx.Var[str]
    trigger_text: rx.Var[str]
    trigger_class: rx.Var[str]
    labelled: rx.Var[bool]
    place: rx.Var[str]
    sheet: rx.Var[bool]


class MenuGroup(_Part):
    """Items that belong together, a line between them and the next; nothing without any."""

    tag = "MenuGroup"

    label: rx.Var[str]


class MenuItem(_Part):
    """An item that does something."""

    tag = "MenuItem"

    icon: rx.Var[str]

    on_select: rx.EventHandler[rx.event.no_args_event_spec]


class LinkItem(_Part):
    """An item that leads to the page `to` of the application."""

    tag = "LinkItem"

    icon: rx.Var[str]
    to: rx.Var[str]


class DownloadItem(_Part):
    """An item that saves the file at `to`."""

    tag = "DownloadItem"

    icon: rx.Var[str]
    to: rx.Var[str]


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
