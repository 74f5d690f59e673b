"""The panel beside the thread: column, drawer or bottom sheet, by the width of the screen."""

import reflex as rx

from inbox_app.components.dialogs import dialog
from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("side_panel.jsx", shared=True)
_needs = (dialog, icons, text)


class SidePanel(rx.Component):
    """A region with an accessible name that can be put away; on wide screens that is remembered."""

    library = _file.importable_path
    tag = "SidePanel"

    label: rx.Var[str]


class SidePanelButton(rx.Component):
    """Shows the panel, or puts it away."""

    library = _file.importable_path
    tag = "SidePanelButton"

    label: rx.Var[str]


class SidePanelLink(rx.Component):
    """What the panel is about (a name, a line), which shows it; `hint` says so."""

    library = _file.importable_path
    tag = "SidePanelLink"

    hint: rx.Var[str]
