"""The palette, loaded when the page has nothing else to do or somebody opens it (P9)."""

import reflex as rx

from inbox_app.components.dialogs import dialog, form_dialog
from inbox_app.components.forms import typed
from inbox_app.components.i18n import text, times
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead
from inbox_app.components.navigation import links

OPEN_PALETTE = "open-palette"
"""The DOM event that opens it."""

_key = rx.asset("palette.jsx", shared=True)
_parts = [
    rx.asset(file, shared=True)
    for file in ("palette_dialog.jsx", "palette_results.js", "palette_rows.jsx", "commands.js")
]
_needs = (dialog, form_dialog, icons, lazy_ahead, links, text, times, typed)

Word = rx.Var[str]


def _one(value: Word) -> tuple[Word]:
    return (value,)


class Palette(rx.Component):
    """`found` is a ``PaletteRows`` of the words `asked`; `thread` a ``PaletteThread`` of the open
    conversation. Filters, and what is done to the open conversation, it tells the page as DOM
    events: `choose-filter` and `thread-command`."""

    library = _key.importable_path
    tag = "Palette"

    found: rx.Var[dict[str, object]]
    asked: rx.Var[str]
    thread: rx.Var[dict[str, object]]
    refused: rx.Var[int]
    """How often a conversation could not be opened."""

    on_open: rx.EventHandler[_one]
    on_search: rx.EventHandler[_one]
    on_actor: rx.EventHandler[_one]


class PaletteButton(rx.Component):
    """A button that opens it, with an icon and a `label` that is heard."""

    library = _key.importable_path
    tag = "PaletteButton"

    label: rx.Var[str]
