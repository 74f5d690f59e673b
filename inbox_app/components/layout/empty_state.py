"""What stands where there is nothing to show: a sign, what it means, perhaps a way on."""

from collections.abc import Callable

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import FullLoadButton
from inbox_app.components.vars import Piece, Shown


def empty_state(
    sign: str,
    title: Shown,
    body: Piece | str,
    action: rx.Component | None = None,
    heading: Callable[..., rx.Component] = rx.el.h2,
) -> rx.Component:
    """`heading` is `rx.el.h1` where this is all that the page says."""
    return rx.el.div(
        rx.el.span(icon(sign), class_name="empty-icon"),
        heading(title),
        rx.el.p(body),
        action or rx.fragment(),
        class_name="empty",
    )


def not_connected(title: Shown, why: Shown, *, may_connect: Shown) -> rx.Component:
    """In the place of what needs a number; who may not connect one is sent to an admin (C1)."""
    return empty_state(
        "plug",
        title,
        rx.cond(may_connect, why, tr("Ask an administrator to connect the account.")),
        rx.cond(
            may_connect,
            FullLoadButton.create(tr("Connect account"), to="/connect", class_name="button"),
        ),
    )
