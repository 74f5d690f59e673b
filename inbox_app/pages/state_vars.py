"""Setting a state's vars, without sending again what the browser has."""

from typing import Any

import reflex as rx


def set_changed(state: rx.State, **values: Any) -> None:
    """Set the vars that differ: a var that is set is sent, equal or not."""
    for name, value in values.items():
        if state.get_value(name) != value:
            setattr(state, name, value)


def settle(state: rx.State, ref: str, problem: str) -> None:
    """The saving sent with ``ref`` is over: kept, or refused for the ``problem``."""
    set_changed(state, problem=problem, **{"refused_ref" if problem else "saved_ref": ref})
