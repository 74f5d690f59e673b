"""How far an outgoing message got: a sign with its word for who cannot see it (M6)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import Shown, words_for


def status_name(status: Shown) -> rx.Var[str]:
    return words_for(
        status,
        ("waiting", tr("Waiting")),
        ("queued", tr("Queued")),
        ("sent", tr("Sent")),
        ("delivered", tr("Delivered")),
        ("read", tr("Read")),
        ("failed", tr("Not delivered")),
        tr("Outcome unknown"),
    )


def tick(status: Shown) -> rx.Component:
    sign = words_for(
        status,
        ("waiting", "lock"),
        ("queued", "clock"),
        ("sent", "check"),
        ("delivered", "checks"),
        ("read", "checks"),
        ("failed", "warning"),
        "question",
    )
    return rx.el.span(
        icon(sign),
        rx.el.span(status_name(status), class_name="visually-hidden"),
        class_name=f"tick {status}",
        title=status_name(status),
    )
