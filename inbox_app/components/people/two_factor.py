"""Setting up and switching off one's second factor (X1)."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import copy_button, icons

_file = rx.asset("two_factor.jsx", shared=True)
_needs = (text, icons, copy_button)


class TwoFactor(rx.Component):
    """In the settings. `factor` is a ``FactorRow``."""

    library = _file.importable_path
    tag = "TwoFactor"

    factor: rx.Var[dict[str, object]]

    on_change: rx.EventHandler[rx.event.no_args_event_spec]


class TwoFactorSetUp(rx.Component):
    """For who may not come in without one; then on to the page `to`."""

    library = _file.importable_path
    tag = "TwoFactorSetUp"

    to: rx.Var[str]
