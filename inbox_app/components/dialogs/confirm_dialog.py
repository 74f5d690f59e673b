"""A question before something that cannot be undone."""

import reflex as rx

from inbox_app.components.dialogs import dialog
from inbox_app.components.i18n import text

_file = rx.asset("confirm_dialog.jsx", shared=True)
_needs = (dialog, text)


class ConfirmDialog(rx.Component):
    """A modal dialog while `open`; `on_cancel` also when it is put away by Esc. `focus_after`
    selects what has the focus once confirmed, where the button that asked may be gone."""

    library = _file.importable_path
    tag = "ConfirmDialog"

    open: rx.Var[bool]
    title: rx.Var[str]
    confirm_label: rx.Var[str]
    busy: rx.Var[bool]
    focus_after: rx.Var[str]

    on_confirm: rx.EventHandler[rx.event.no_args_event_spec]
    on_cancel: rx.EventHandler[rx.event.no_args_event_spec]
