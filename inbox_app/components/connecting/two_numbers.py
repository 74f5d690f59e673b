"""The advice on two numbers (C5)."""

import reflex as rx
from reflex.event import EventType

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon


def two_numbers(on_dismiss: EventType[()]) -> rx.Component:
    return rx.el.aside(
        icon("info"),
        rx.el.div(
            rx.el.h2(tr("Better two numbers than one")),
            rx.el.p(
                tr(
                    "Keep the number you have today for sales: it is the one that portals, your "
                    "site and new guests know. Use a new one here, for operations, and give it "
                    "only to guests who have booked, to owners and to suppliers."
                )
            ),
            rx.el.p(
                tr(
                    "That way everyone who writes here is someone you know, price enquiries "
                    "don't bury a guest waiting at the door, and if Meta ever limits one number "
                    "you still have the other."
                )
            ),
        ),
        rx.el.button(
            icon("close"),
            type="button",
            aria_label=tr("Dismiss the advice"),
            title=tr("Dismiss the advice"),
            on_click=on_dismiss,
            class_name="icon-button",
        ),
        aria_label=tr("Advice"),
        class_name="advice",
    )
