"""A dialog with a form in it; on phones a sheet from the bottom."""

import reflex as rx

from inbox_app.components.dialogs import dialog
from inbox_app.components.forms import typed
from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("form_dialog.jsx", shared=True)
_needs = (dialog, icons, text, typed)


class FormDialog(rx.Component):
    """Opened by the button with `label` (or `icon`, with the label for its name), or by the DOM
    event `opens_on`; it closes when `done` changes, and when it goes from the page.

    When it goes with the focus on it, what the selector `fallback_focus` finds is focused
    in its place.
    A search box in it steps to elements with `data-choice` by arrows and Enter.
    """

    library = _file.importable_path
    tag = "FormDialog"

    label: rx.Var[str]
    title: rx.Var[str]
    icon: rx.Var[str]
    hint: rx.Var[str]
    opens_on: rx.Var[str]
    done: rx.Var[str]
    fallback_focus: rx.Var[str]

    on_open: rx.EventHandler[rx.event.no_args_event_spec]


class CloseButton(rx.Component):
    """Puts the dialog around it away."""

    library = _file.importable_path
    tag = "CloseButton"
