"""Keyboard shortcuts of the inbox, and the dialog that lists them."""

import reflex as rx

from inbox_app.components.dialogs import dialog, form_dialog
from inbox_app.components.i18n import text
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead

_file = rx.asset("shortcuts.jsx", shared=True)
_help = rx.asset("shortcuts_help.jsx", shared=True)
_needs = (dialog, form_dialog, icons, lazy_ahead, text)


def _one(value: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (value,)


class Shortcuts(rx.Component):
    """Also does what the palette tells the page (`inbox-command`). Rows to step through carry
    `data-conversation`; the box to write in is `#message-box`."""

    library = _file.importable_path
    tag = "Shortcuts"

    on_filter: rx.EventHandler[_one]
    on_archive: rx.EventHandler[_one]
    on_take_back: rx.EventHandler[_one]
    on_unread: rx.EventHandler[_one]


shortcuts = Shortcuts.create
