"""Fields of a form, each with its label above."""

from typing import Any, Literal

import reflex as rx

from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import Shown


def field(
    label: Shown | rx.Component, control: rx.Component, hint: Shown | None = None
) -> rx.Component:
    """The label takes in its control, so that a click on one focuses the other."""
    return rx.el.label(
        rx.el.span(label),
        control,
        rx.el.small(hint) if hint is not None else rx.fragment(),
        class_name="field",
    )


def text_input(
    name: str, kind: Literal["text", "email", "password"] = "text", **props: Any
) -> rx.Component:
    return rx.el.input(name=name, id=name, type=kind, required=True, **props)


def form_problem(words: Shown) -> rx.Component:
    """What is wrong with a form, or with one field of it, said at once."""
    return rx.el.p(icon("warning"), words, class_name="form-problem", role="alert")
