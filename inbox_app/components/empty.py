"""What stands where there is nothing to show: a sign, what it means, perhaps a way on."""

import reflex as rx

from inbox_app.components.icons import icon
from inbox_app.components.pieces import Piece, Shown


def empty(
    sign: str, title: Shown, body: Piece | str, action: rx.Component | None = None
) -> rx.Component:
    return rx.el.div(
        rx.el.span(icon(sign), class_name="empty-sign"),
        rx.el.h2(title),
        rx.el.p(body),
        action or rx.fragment(),
        class_name="empty",
    )
