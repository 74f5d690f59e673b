"""A question before something that cannot be undone."""

import reflex as rx

from inbox_app.components.dialogs import dialog
from inbox_app.components.i18n import text

_file = rx.asset("confirm_dialog.jsx", shared=True)
_needs = (dialog, text)


class ConfirmDialog(rx.Component):
    """A modal dialog while `open`; `on_no` also when it is put away by Esc. `after` selects what
    has the focus after a yes, where the button that asked may be gone."""

    library = _file.importable_path
    tag = "ConfirmDialog"

    open: rx.Var[bool]
    title: rx.Var[str]
    yes: rx.Var[str]
    busy: rx.Var[bool]
    after: rx.Var[str]

    on_yes: rx.EventHandler[rx.event.no_args_event_spec]
    on_no: rx.EventHandler[rx.event.no_args_event_spec]
