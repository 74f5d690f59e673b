"""What stands at the foot in the place of the box to write in: why, and what to do."""

import reflex as rx

from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import Piece


def card(
    sign: str | rx.Var[str],
    title: Piece | str,
    body: Piece | str,
    *,
    action: rx.Component | None = None,
    more: rx.Component | None = None,
    tone: str = "",
) -> rx.Component:
    return rx.el.div(
        icon(sign),
        rx.el.div(
            rx.el.b(title, id="foot-title"),
            rx.el.p(body, id="foot-body"),
            more or rx.fragment(),
            class_name="foot-text",
        ),
        action or rx.fragment(),
        class_name=f"foot-card {tone}".strip(),
        role="status",
        # It takes the focus that the box had, and is then read by its name.
        tab_index=-1,
        aria_labelledby="foot-title",
        aria_describedby="foot-body",
    )
