"""The help, loaded when the page is idle or somebody opens it (X6)."""

import reflex as rx

from inbox_app.components.dialogs import dialog, form_dialog
from inbox_app.components.i18n import text
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead

OPEN_HELP = "open-help"
"""The DOM event that opens it."""

_file = rx.asset("help.jsx", shared=True)
_drawer = rx.asset("help_drawer.jsx", shared=True)
_tour = rx.asset("tour.jsx", shared=True)
_needs = (dialog, form_dialog, icons, lazy_ahead, text)


class Help(rx.Component):
    """Hears `?` where the list of shortcuts does not. With `tour` that of the inbox begins by
    itself, once there is something to show; `on_toured` hears that a tour has ended."""

    library = _file.importable_path
    tag = "Help"

    tour: rx.Var[bool]
    on_toured: rx.EventHandler[rx.event.no_args_event_spec]
