"""Setting a state's vars without sending again what the browser has."""

from typing import Any

import reflex as rx


def set_changed(state: rx.State, **values: Any) -> None:
    """Set the vars that differ: a var that is set is sent, equal or not."""
    for name, value in values.items():
        if state.get_value(name) != value:
            setattr(state, name, value)
