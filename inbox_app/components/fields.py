"""Fields of a form, each with its label above."""

import reflex as rx


def field(
    label: rx.Var[str], control: rx.Component, hint: rx.Var[str] | None = None
) -> rx.Component:
    """The label takes in its control, so that a click on one focuses the other."""
    return rx.el.label(
        rx.el.span(label),
        control,
        rx.el.small(hint) if hint is not None else rx.fragment(),
        class_name="field",
    )


def text_input(name: str, kind: str = "text", **props: object) -> rx.Component:
    return rx.el.input(name=name, id=name, type=kind, required=True, **props)
