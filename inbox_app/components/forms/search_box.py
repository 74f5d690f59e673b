"""The box to search a list with."""

from typing import Any

import reflex as rx

from inbox_app.components.layout.icons import icon

_PAUSE = 250
"""Milliseconds after the last key until it is searched."""


def search_box(
    words: rx.Var[str], on_search: Any, shown: rx.Var[str] | str = "", **attributes: Any
) -> rx.Component:
    """`words` name it and stand in it while it is empty; `shown` is what was searched before."""
    return rx.el.label(
        icon("search"),
        rx.el.input(
            type="search",
            placeholder=words,
            aria_label=words,
            default_value=shown,
            on_change=on_search.debounce(_PAUSE),
            auto_complete="off",
            **attributes,
        ),
        class_name="search",
    )
