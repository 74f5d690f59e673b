"""The end of the wizard: the number is connected."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.focus_heading import FocusHeading
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import in_browser
from inbox_app.pages.connect.state import ConnectState
from inbox_app.pages.shared.number_pin import PinState

_SETUP = in_browser(ConnectState.setup)


def connected() -> rx.Component:
    return rx.el.section(
        rx.el.span(icon("check"), class_name="empty-icon", aria_hidden="true"),
        FocusHeading.create(tr("The number is connected"), level=1, of="connected"),
        rx.el.p(
            rx.el.b(_SETUP["display"]),
            rx.cond(_SETUP["name"] != "", rx.fragment(" · ", _SETUP["name"])),
            dir="auto",
        ),
        rx.el.p(
            tr(
                "Messages to this number arrive in the inbox, and your templates are in their list."
            ),
            class_name="quiet",
        ),
        rx.cond(_SETUP["pin_made_up"], _pin()),
        rx.el.div(
            rx.el.a(tr("Go to the inbox"), href="/", class_name="button"),
            rx.el.a(tr("Settings"), href="/settings", class_name="button quiet-button"),
            class_name="wizard-actions",
        ),
        rx.el.button(
            tr("Renew the credentials"),
            type="button",
            on_click=ConnectState.renew,
            class_name="link-button",
        ),
        class_name="wizard-card wizard-end",
        aria_label=tr("The number is connected"),
    )


def _pin() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            tr(
                "We activated the number with a newly made two-step code. Write it down: "
                "Meta asks for it if the number is ever moved."
            )
        ),
        rx.cond(
            PinState.pin == "",
            rx.el.button(
                tr("Show the two-step code"),
                type="button",
                on_click=PinState.toggle,
                class_name="button quiet-button",
            ),
            rx.el.code(PinState.pin, class_name="pin"),
        ),
        class_name="pin-note",
    )
