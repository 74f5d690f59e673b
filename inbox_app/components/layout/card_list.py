"""The cards of a page that lists what the company writes once, as homes and replies."""

from collections.abc import Callable

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown


def card_list(
    label: Shown,
    rows: ArrayVar,
    card: Callable[[ObjectVar], rx.Component],
    *,
    most: int,
    empty: rx.Component,
) -> rx.Component:
    """``rows``, of which at most ``most`` are read; ``empty`` in their place if there are none."""
    return rx.cond(
        rows.length() > 0,
        rx.fragment(
            rx.el.div(rx.foreach(rows, card), class_name="cards", role="list", aria_label=label),
            rx.cond(rows.length() == most, _first_alone(most)),
        ),
        empty,
    )


def card_skeleton() -> rx.Component:
    """In their place until they are read."""
    return rx.el.div(*[rx.el.i()] * 6, class_name="cards skeleton", aria_hidden="true")


def _first_alone(most: int) -> rx.Component:
    return rx.el.p(
        tr("These are the first {n}: search for the others.", n=most), class_name="quiet"
    )
